/** Makes the pipeline's construct, or has the author's function make it. */
import { refused } from '@cdkpipe/core';
import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { Drawing } from '../drawing/drawing.ts';
import type { PlannedPipeline } from '../options/options.ts';
import { pipelineNotMade } from '../problems/existing.ts';
import { callAuthor } from './call-author.ts';

/** @throws CdkpipeError (`source: 'user'`) when the function makes no pipeline of that name in the stack it was given */
export async function makePipeline(drawing: Drawing, properties: PlannedPipeline['properties']): Promise<CfnPipeline> {
  const { cdk, context, plan, stack } = drawing;
  const make = context.options.pipeline;
  if (!make)
    return new cdk.codepipeline.CfnPipeline(stack, 'Pipeline', { ...properties, stages: [...properties.stages] });
  const made: unknown = await callAuthor('pipeline', () => make({ stack, properties }));
  const { CfnResource, Stack } = cdk.core;
  const isPipeline =
    typeof made === 'object' &&
    made !== null &&
    CfnResource.isCfnResource(made) &&
    made.cfnResourceType === 'AWS::CodePipeline::Pipeline';
  if (!isPipeline) throw refused([pipelineNotMade('it returned no CfnPipeline', 'return the CfnPipeline you made')]);
  const pipeline = made as unknown as CfnPipeline;
  if (Stack.of(pipeline) !== stack)
    throw refused([pipelineNotMade('the pipeline stands in another stack', 'make it in the `stack` that is given')]);
  // Roles trust, and rules start, the pipeline by its name.
  if (pipeline.name !== plan.pipeline.name)
    throw refused([
      pipelineNotMade(
        `the pipeline is called "${pipeline.name}"`,
        `keep the name of the definition, "${plan.pipeline.name}"`,
      ),
    ]);
  return pipeline;
}
