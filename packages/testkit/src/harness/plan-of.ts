/** Builds models and plans from what a test says of a pipeline, by the phases of cdkpipe itself. */
import type { Pipeline, Plan } from '@cdkpipe/core';
import { planProject } from '@cdkpipe/core/host';
import type { PipelineSketch } from './pipeline-sketch.ts';
import { openTestProject } from './test-project.ts';

/**
 * The model of a pipeline; kinds of `plugins` are known.
 *
 * @throws CdkpipeError where the definition is refused
 */
export async function modelOf(sketch: PipelineSketch = {}): Promise<Pipeline> {
  return (await planOf(sketch)).pipeline;
}

/**
 * The plan of a pipeline.
 *
 * @param options `backend` that it is planned for, `codepipeline` by default
 * @throws CdkpipeError where the definition is refused, or the backend cannot honour the plan
 */
export async function planOf(
  sketch: PipelineSketch = {},
  { backend = 'codepipeline' }: { readonly backend?: string } = {},
): Promise<Plan> {
  using project = openTestProject(
    sketch,
    (sketch.plugins ?? []).map((plugin) => ({ plugin })),
  );
  return (await planProject(project.request(backend))).plan;
}
