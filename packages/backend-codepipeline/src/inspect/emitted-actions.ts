/** Finds the emitted action of each node of a plan, and of what this backend adds. */
import type { Plan } from '@cdkpipe/core';
import { type LayoutSettings, layOutStages } from '../stages/lay-out-stages.ts';
import type { EmittedAction, EmittedPipeline } from './read-template.ts';

/** By ID; they are found by the names of stage and action. */
export function emittedActions(
  plan: Plan,
  pipeline: EmittedPipeline,
  settings: LayoutSettings,
): Map<string, EmittedAction> {
  const byName = new Map(
    pipeline.stages.flatMap(({ actions }) => actions.map((action) => [`${action.stage}/${action.name}`, action])),
  );
  const placed = layOutStages(plan, settings).flatMap(({ name, actions }) =>
    actions.map(({ node }) => ({ node, stage: name })),
  );
  return new Map(
    placed.flatMap(({ node, stage }) => {
      const action = byName.get(`${stage}/${node.name}`);
      return action ? [[node.id, action] as const] : [];
    }),
  );
}
