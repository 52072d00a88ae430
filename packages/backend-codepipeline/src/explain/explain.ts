/** Says of each emitted action where it is, what makes it cost, and what its roles may do, read back from the templates. */
import type { Emitted, EmittedNode, Plan } from '@cdkpipe/core';
import { emittedActions } from '../inspect/emitted-actions.ts';
import { readOwnTemplates } from '../inspect/own-templates.ts';
import { type EmittedAction, findPipeline } from '../inspect/read-template.ts';
import { pipelineStackName } from '../names/names.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import { costsOf } from './costs.ts';
import { type EmittedResources, indexResources, type PlacedResource } from './emitted-resources.ts';
import { rolesOf } from './roles-of.ts';

/** By the ID of a node or an addition; what is not found in the pipeline is left out. */
export async function explain(
  plan: Plan,
  { assembly: directory }: Pick<Emitted, 'assembly'>,
  options: CodePipelineOptions,
): Promise<ReadonlyMap<string, EmittedNode>> {
  const templates = await readOwnTemplates(directory, plan.pipeline.name);
  const stack = pipelineStackName(plan.pipeline.name);
  const main = templates.find(({ file }) => file === `${stack}.template.json`)?.template;
  const pipeline = main === undefined ? undefined : findPipeline(main, plan.pipeline.name);
  if (!pipeline) return new Map();
  const resources = indexResources(templates);
  const own = resources.find(stack, pipeline.logicalId);
  const actions = [...emittedActions(plan, pipeline, options)];
  return new Map(actions.map(([id, action]) => [id, explainAction(action, stack, own, resources)]));
}

function explainAction(
  action: EmittedAction,
  stack: string,
  pipeline: PlacedResource | undefined,
  resources: EmittedResources,
): EmittedNode {
  const worker = resources.refer(stack, action.configuration.ProjectName ?? action.configuration.FunctionName);
  return {
    place: `stage ${action.stage}, action ${action.name}`,
    costs: costsOf(action, worker),
    roles: rolesOf({ action, worker, pipeline, resources, stack }),
  };
}
