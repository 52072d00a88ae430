/** Finds the emitted action of each node, by the names of stage and action. */
import type { Plan } from '@cdkpipe/core';
import type { LaidAction } from '../stages/expand-plan.ts';
import { type LayoutSettings, layOutStages } from '../stages/lay-out-stages.ts';
import type { EmittedAction, EmittedPipeline } from './read-template.ts';

/**
 * By the ID of the node. One that is not in its stage is looked for in the others, so that what was moved past a gate does not count as
 * absent.
 */
export function emittedActions(
  plan: Plan,
  pipeline: EmittedPipeline,
  settings: LayoutSettings,
  nameOf: (node: LaidAction) => string | undefined = ({ name }) => name,
): Map<string, EmittedAction> {
  const byName = new Map(
    pipeline.stages.flatMap(({ actions }) => actions.map((action) => [`${action.stage}/${action.name}`, action])),
  );
  const placed = layOutStages(plan, settings).flatMap(({ name, actions }) =>
    actions.map(({ node }) => ({ node, stage: name })),
  );
  const places = new Set(placed.map(({ node, stage }) => `${stage}/${nameOf(node)}`));
  const strays = new Map<string, EmittedAction>();
  for (const [place, action] of byName)
    if (!places.has(place) && !strays.has(action.name)) strays.set(action.name, action);
  return new Map(
    placed.flatMap(({ node, stage }) => {
      const name = nameOf(node);
      const action = name === undefined ? undefined : (byName.get(`${stage}/${name}`) ?? strays.get(name));
      return action ? [[node.id, action] as const] : [];
    }),
  );
}
