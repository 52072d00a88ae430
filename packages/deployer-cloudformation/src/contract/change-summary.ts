/** What a change set does, in the words that people and digests need. */
import type { StatementChange } from '@cdkpipe/change-report';

export type { StatementChange } from '@cdkpipe/change-report';

export interface ResourceChange {
  readonly logicalId: string;
  readonly resourceType: string;
  readonly action: 'add' | 'modify' | 'replace' | 'remove';
  /** Names of the properties that change. */
  readonly properties: readonly string[];
}

/** What of the changes somebody should look at: `permissions` broaden, or `stateful` resources are at risk. */
export interface ChangeFinding {
  readonly concern: 'permissions' | 'stateful';
  /** Path of the stack inside its deployment. */
  readonly stack: string;
  /** One clause, such as `Table (AWS::DynamoDB::Table) would be deleted`. */
  readonly text: string;
  /** Logical ID; absent where the stack as a whole is meant, and in journals of older versions. */
  readonly resource?: string;
  /** True where a statement of a policy broadens. */
  readonly isStatement?: true;
}

export interface ChangeSummary {
  /** In the order of the logical IDs. */
  readonly resources: readonly ResourceChange[];
  /** Outputs, parameters and the rest, by section, for example `Outputs.Url`. */
  readonly others: readonly string[];
  /** Whether the stack did not exist before. */
  readonly isNew: boolean;
  readonly findings: readonly ChangeFinding[];
  /** Sentences about values that are read only when the change set executes; absent for none. */
  readonly lateValues?: readonly string[];
  /** Statements of policies that are added or removed; absent for none, and where the templates cannot be compared. */
  readonly permissions?: readonly StatementChange[];
}

/** What a person is told about the change beside its counts. */
export type ChangeRemarks = Pick<ChangeSummary, 'findings' | 'lateValues' | 'permissions'>;

/** `1 to add, 2 to replace`, or `no changes`. */
export function sayChanges({ resources, others }: ChangeSummary): string {
  const words = { add: 'to add', modify: 'to change', replace: 'to replace', remove: 'to remove' } as const;
  const counts = Object.entries(words).flatMap(([action, word]) => {
    const number = resources.filter((change) => change.action === action).length;
    return number === 0 ? [] : [`${number} ${word}`];
  });
  if (others.length > 0) counts.push(`${others.length} outside of the resources`);
  return counts.length === 0 ? 'no changes' : counts.join(', ');
}
