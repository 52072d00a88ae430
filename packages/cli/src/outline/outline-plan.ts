/** Makes the outline of a plan. */
import {
  deploymentsOf,
  environmentName,
  isGate,
  type LaidStage,
  type Layout,
  layOutByRank,
  type Plan,
  type PlanNode,
  unreachable,
} from '@cdkpipe/core';
import { findHeldUp } from './held-up.ts';
import type { Outline, OutlinedAction, OutlinedStage, OutlineTotals } from './outline.ts';
import { outlineAction } from './outline-action.ts';

/** @param layout where the backend puts the actions */
export function outlinePlan(plan: Plan, layout: Layout = layOutByRank(plan)): Outline {
  const { pipeline } = plan;
  const nodes = new Map(plan.nodes.map((node) => [node.id, node]));
  const heldUp = findHeldUp(plan.nodes, layout.stages);
  const stages = layout.stages.map((stage) => outlineStage(plan, stage, nodes, heldUp));
  return {
    pipeline: { name: pipeline.name, environment: pipeline.env },
    backend: plan.backend,
    stages,
    notes: [...plan.notes, ...layout.notes],
    totals: totalsOf(plan, stages),
  };
}

function outlineStage(
  { groups, pipeline }: Plan,
  { name, group, ranks, rollback }: LaidStage,
  nodes: ReadonlyMap<string, PlanNode>,
  heldUp: ReadonlyMap<string, readonly string[]>,
): OutlinedStage {
  const { type, path } = groups.find((each) => each.name === group) ?? unreachable(`a stage of no group, "${name}"`);
  const actions: OutlinedAction[] = ranks.flatMap((rank, index) =>
    rank.flatMap((id) => {
      const node = nodes.get(id);
      return node ? [outlineAction(node, { runOrder: index + 1, heldUpBy: heldUp.get(id) ?? [] }, pipeline)] : [];
    }),
  );
  return { name, type, path, ...(rollback === undefined ? {} : { rollback }), actions };
}

function totalsOf({ pipeline, nodes }: Plan, stages: readonly OutlinedStage[]): OutlineTotals {
  const deployments = deploymentsOf(pipeline);
  const actions = stages.flatMap((stage) => stage.actions);
  return {
    stages: stages.length,
    actions: nodes.length,
    longestChain: stages.reduce((sum, stage) => sum + (stage.actions.at(-1)?.runOrder ?? 0), 0),
    heldUp: actions.filter(({ heldUpBy }) => heldUpBy.length > 0).length,
    gates: new Set(nodes.filter(isGate).map((node) => node.gate)).size,
    publishers: nodes.filter((node) => node.type === 'publish').length,
    deployments: deployments.length,
    stacks: nodes.filter((node) => node.type === 'execute').length,
    environments: new Set(deployments.map(({ env }) => environmentName(env))).size,
  };
}
