/** Refers to the value of a stack's output. */
import type { CfnOutput } from 'aws-cdk-lib';
import { constructedStage, type OutputReference } from '../model/output-reference.ts';
import { recordProperty } from './record-property.ts';

/**
 * The value of an output of a stack of the same deployment, known once that stack has executed.
 *
 * @param stack path of the stack's construct inside the deployment, for example `Orders`
 * @param name logical ID of the output, for example `Url`
 */
export function output(stack: string, name: string): OutputReference;
/**
 * The value of a `CfnOutput` that the stage of the deployment has as a property:
 * `output((stage: OrdersStage) => stage.url)`.
 *
 * @param select reads the property, also through other objects (`stage.api.url`), and does nothing else: it is called
 *   without a stage, to learn the names. Each deployment reads these properties of the stage that `stageClass` constructs,
 *   or of what its function `stacks` returns
 * @throws CdkpipeError (`source: 'user'`) when `select` does anything else
 */
export function output<Made>(select: (made: Made) => CfnOutput): OutputReference;
export function output<Made>(stack: string | ((made: Made) => CfnOutput), name = ''): OutputReference {
  return typeof stack === 'string'
    ? { $ref: 'output', stack, name }
    : { $ref: 'output', stack: constructedStage, name: recordProperty(stack) };
}
