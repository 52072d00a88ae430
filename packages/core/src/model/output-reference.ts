/** The only thing that flows from stacks to approvals: the value of a stack's output. */

/** Stands for the value of an output; resolved by the backend when the deployment has executed. */
export interface OutputReference {
  readonly $ref: 'output';
  /**
   * Path of the stack's construct inside the deployment, for example `Orders`. `/` stands for what the deployment's `stacks`
   * constructs, until the plan is made: then it is the path of the stack.
   */
  readonly stack: string;
  /** Logical ID of the output in the stack's template; with the stack `/` the property that holds the `CfnOutput`, such as `api.url`. */
  readonly name: string;
}

/** No construct is called so: it is the separator of construct paths. */
export const constructedStage = '/';

export function isOutputReference(value: unknown): value is OutputReference {
  return typeof value === 'object' && value !== null && '$ref' in value && value.$ref === 'output';
}

/** Whether the reference names a property of the constructed stage, and not yet a stack. */
export function isPropertyOfStage({ stack }: OutputReference): boolean {
  return stack === constructedStage;
}

/** The reference as an author writes it, for messages. */
export function outputText(reference: OutputReference): string {
  return isPropertyOfStage(reference)
    ? `output((stage) => stage.${reference.name})`
    : `output("${reference.stack}", "${reference.name}")`;
}
