/** The only thing that flows from stacks to approvals: the value of a stack's output. */

/** Stands for the value of an output; resolved by the backend when the deployment has executed. */
export interface OutputReference {
  readonly $ref: 'output';
  /** Path of the stack's construct inside the deployment, for example `Orders`. */
  readonly stack: string;
  /** Logical ID of the output in the stack's template. */
  readonly name: string;
}

export function isOutputReference(value: unknown): value is OutputReference {
  return typeof value === 'object' && value !== null && '$ref' in value && value.$ref === 'output';
}
