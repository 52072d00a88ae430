/** What of a change someone should look at before it is made. */

/** `permissions`: someone or something may do more; `stateful`: data may be lost. */
export type Concern = 'permissions' | 'stateful';

export interface Finding {
  readonly concern: Concern;
  readonly stack: string;
  /** Logical ID; absent where the stack as a whole is meant. */
  readonly resource?: string;
  /** One clause, for example `Table (AWS::DynamoDB::Table) would be replaced`. */
  readonly text: string;
  /** True where a statement of a policy broadens, which `compareStatements` lists as well. */
  readonly isStatement?: true;
}
