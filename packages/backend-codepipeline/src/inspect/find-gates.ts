/** Reads the gates back from an emitted pipeline: which are there and still stop what stands behind them. */
import { isGate, type Plan, type PlanNode } from '@cdkpipe/core';
import { type LayoutSettings, layOutStages } from '../stages/lay-out-stages.ts';
import { isBefore } from './check-artifacts.ts';
import type { EmittedAction, EmittedPipeline } from './read-template.ts';

/** Categories of actions that can end in failure by a decision or a check. */
const stopping: ReadonlySet<string> = new Set(['Approval', 'Build', 'Compute', 'Invoke', 'Test']);

/** IDs of the gate nodes that were found, each before every emitted action that stands behind it in the plan. */
export function findGates(plan: Plan, pipeline: EmittedPipeline, settings: LayoutSettings): string[] {
  const emitted = emittedActions(plan, pipeline, settings);
  const followers = followersOf(plan);
  return plan.nodes.filter(isGate).flatMap((gate) => {
    const action = emitted.get(gate.id);
    if (!action || !stopping.has(action.category)) return [];
    const behind = followers(gate).flatMap((node) => emitted.get(node.id) ?? []);
    return behind.every((follower) => isBefore(action, follower)) ? [gate.id] : [];
  });
}

/** The emitted action of each node, found by the names of stage and action. */
function emittedActions(plan: Plan, pipeline: EmittedPipeline, settings: LayoutSettings): Map<string, EmittedAction> {
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

/** All nodes that may only start when a node has succeeded: along the edges, and in every later group. */
function followersOf(plan: Plan): (node: PlanNode) => PlanNode[] {
  const groups = new Map(plan.groups.map(({ name }, index) => [name, index]));
  const groupOf = (node: PlanNode) => groups.get(node.group) ?? -1;
  const direct = new Map<string, PlanNode[]>();
  for (const node of plan.nodes) {
    for (const before of node.after) {
      const after = direct.get(before);
      if (after) after.push(node);
      else direct.set(before, [node]);
    }
  }
  return (start) => {
    const found = new Set(plan.nodes.filter((node) => groupOf(node) > groupOf(start)));
    const waiting = [...(direct.get(start.id) ?? [])];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(...(direct.get(next.id) ?? []));
    }
    return [...found];
  };
}
