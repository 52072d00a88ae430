/** Finds the emitted action of each node, by the names of stage and action. */
import type { Plan } from '@cdkpipe/core';
import type { LaidAction } from '../stages/expand-plan.ts';
import { type LayoutSettings, layOutStages } from '../stages/lay-out-stages.ts';
import type { EmittedAction, EmittedPipeline } from './read-template.ts';

/** By the ID of the node; what is not there under both names is missing. */
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
  return new Map(
    placed.flatMap(({ node, stage }) => {
      const action = byName.get(`${stage}/${nameOf(node)}`);
      return action ? [[node.id, action] as const] : [];
    }),
  );
}
