/** How the stacks of the old app and those of the definition differ. */

export interface ComparedStack {
  /** Name in CloudFormation. */
  readonly name: string;
  /** `aws://ACCOUNT/REGION` */
  readonly environment: string;
  readonly template: Template;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
}

export type Template = Readonly<Record<string, unknown>>;

/** In the order in which they are shown: what loses data comes first. */
export const effects = ['replace', 'mayReplace', 'remove', 'add', 'update', 'other'] as const;
export type Effect = (typeof effects)[number];

export interface Difference {
  readonly effect: Effect;
  /** Logical ID, or what else of the stack differs, such as `Outputs.Url`. */
  readonly id: string;
  readonly type?: string;
  readonly properties: readonly string[];
}

/**
 * `same`: byte for byte the same to CloudFormation; `metadata`: only what CloudFormation does not act on differs;
 * `missing`: the definition has no such stack; `added`: the old app has none.
 */
export type Verdict = 'same' | 'metadata' | 'different' | 'missing' | 'added';

export interface StackComparison {
  readonly name: string;
  readonly environment: string;
  readonly verdict: Verdict;
  readonly differences: readonly Difference[];
}
