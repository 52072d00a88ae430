/** Steps as an author writes them: data, with typed helpers on top. */

/** `{ kind, name, options }`; the helpers of the kinds, such as `manual(...)`, make it. */
export interface StepDefinition {
  readonly kind: string;
  readonly name: string;
  readonly options?: unknown;
}

/** Steps that run at the same time; each branch may be a sequence. */
export interface ParallelDefinition {
  readonly parallel: readonly StepWorkflow[];
}

/** A step, a sequence (an array) or a parallel group. */
export type StepWorkflow = StepDefinition | ParallelDefinition | readonly StepWorkflow[];

/** Runs branches at the same time; all must succeed. An array as a branch is a sequence. */
export function parallel(...branches: readonly StepWorkflow[]): ParallelDefinition {
  return { parallel: branches };
}
