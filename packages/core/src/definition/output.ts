/** Refers to the value of a stack's output. */
import type { OutputReference } from '../model/output-reference.ts';

/**
 * The value of an output of a stack of the same deployment, known once that stack has executed.
 *
 * @param stack path of the stack's construct inside the deployment, for example `Orders`
 * @param name logical ID of the output, for example `Url`
 */
export function output(stack: string, name: string): OutputReference {
  return { $ref: 'output', stack, name };
}
