/** Plans what happens before the pipeline may update itself: sources and build. */

import type { Problem } from '../errors/problem.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { nameInOwner, type Step } from '../model/step.ts';
import type { BuildNode, SourceNode } from '../plan/node.ts';
import { groupNames, type PlanNote } from '../plan/plan.ts';
import { actionName } from './action-names.ts';
import { type Laid, type LayOutStep, layOutWorkflow } from './lay-out-workflow.ts';
import { type LowerPlace, lowerWorkflow } from './lower-workflow.ts';

export function planSources({ source, additionalSources }: Pipeline): Laid {
  const group = groupNames.source;
  const main: SourceNode = { type: 'source', id: 'source', name: 'Source', group, after: [], path: 'source', source };
  const additional = additionalSources.map(
    ({ directory, source: from }): SourceNode => ({
      type: 'source',
      id: `source/${directory}`,
      name: actionName(directory),
      group,
      after: [],
      path: `additionalSources[${JSON.stringify(directory)}]`,
      source: from,
      directory,
    }),
  );
  const nodes = [main, ...additional];
  return { nodes, exits: nodes.map(({ id }) => id) };
}

/** What an author may not have meant by what starts a run. */
export function sourceNotes({ source }: Pipeline): PlanNote[] {
  if (source.type !== 'connection' || !source.triggers?.pullRequests) return [];
  const text =
    'pull requests start runs, of the commit they would merge: it is built, updates the pipeline and is deployed, as far as the gates let it, before anybody merges it';
  return [{ about: 'source', text }];
}

export async function planBuild(
  { build }: Pipeline,
  after: readonly string[],
  place: LowerPlace,
  problems: Problem[],
): Promise<Laid> {
  const group = groupNames.build;
  const layOutStep: LayOutStep = (step, at) => {
    const node = buildStep(step, at, place);
    return { nodes: [node], exits: [node.id] };
  };
  const before = layOutWorkflow(await lowerWorkflow(build.before, place, problems), after, layOutStep);
  const main: BuildNode = {
    type: 'build',
    id: 'build',
    name: 'Build',
    group,
    after: before.exits,
    path: 'build',
    work: { role: 'main', build },
  };
  const afterwards = layOutWorkflow(await lowerWorkflow(build.after, place, problems), [main.id], layOutStep);
  return { nodes: [...before.nodes, main, ...afterwards.nodes], exits: afterwards.exits };
}

function buildStep(step: Step, after: readonly string[], { registry }: LowerPlace): BuildNode {
  const contributedBy = registry.kinds.get(step.kind)?.plugin.name;
  return {
    type: 'build',
    id: step.id,
    name: actionName(nameInOwner(step)),
    group: groupNames.build,
    after,
    path: step.path,
    work: { role: 'step', step },
    ...(contributedBy === undefined ? {} : { contributedBy }),
  };
}
