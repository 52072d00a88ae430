/** What a role may do, and why. */

export interface Grant {
  readonly effect?: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** One clause, for people who review the role. */
  readonly reason: string;
}
