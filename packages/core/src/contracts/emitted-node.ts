/** What a backend says of one action that it emitted. */

export interface EmittedNode {
  /** Where it is in what was emitted, in the words of the backend, for example `stage ProdEu, action ProdEu.Smoke`. */
  readonly place: string;
  /** What makes it cost in each run, a sentence each. */
  readonly costs: readonly string[];
  /** Roles that it works with; empty where it needs none. */
  readonly roles: readonly EmittedRole[];
}

export interface EmittedRole {
  /** Its ARN or physical name where that is fixed, else its logical ID. */
  readonly name: string;
  /** What it is used for, for example `runs the commands`. */
  readonly use: string;
  /** The emitted stack that holds it; absent for a role of others, such as that of a bootstrap stack. */
  readonly stack?: string;
  readonly statements: readonly EmittedStatement[];
}

export interface EmittedStatement {
  readonly effect: string;
  readonly actions: readonly string[];
  /** A reference of a template is written `<LogicalId.Attribute>`. */
  readonly resources: readonly string[];
  readonly condition?: unknown;
  /** Why it is there; absent where what emitted it did not say. */
  readonly reason?: string;
}
