/** Compares the pipeline of two sets of templates: stages, actions, and what became of each gate. */
import type { ComparedContent, PipelineComparison, Plan } from '@cdkpipe/core';
import { type EmittedPipeline, findPipeline, type Json } from '../inspect/read-template.ts';
import { pipelineStackName } from '../names/names.ts';
import { compareActions, pairActions } from './compare-actions.ts';
import { compareGates } from './compare-gates.ts';
import { compareStages } from './compare-stages.ts';

/** @param before without the pipeline's stack, all of it is new */
export function compare(
  { pipeline: { name } }: Plan,
  before: Pick<ComparedContent, 'stacks'>,
  after: Pick<ComparedContent, 'stacks'>,
): PipelineComparison {
  const [old, next] = [before, after].map(({ stacks }) => pipelineIn(stacks, name));
  const pairs = pairActions(actionsOf(old), actionsOf(next));
  return {
    gates: compareGates(pairs),
    stages: compareStages(namesOf(old), namesOf(next)),
    actions: compareActions(pairs),
  };
}

function pipelineIn(templates: ReadonlyMap<string, unknown>, name: string): EmittedPipeline | undefined {
  const template = templates.get(pipelineStackName(name));
  return template === undefined ? undefined : findPipeline(template as Json, name);
}

const actionsOf = (pipeline: EmittedPipeline | undefined) => pipeline?.stages.flatMap(({ actions }) => actions) ?? [];
const namesOf = (pipeline: EmittedPipeline | undefined) => pipeline?.stages.map(({ name }) => name) ?? [];
