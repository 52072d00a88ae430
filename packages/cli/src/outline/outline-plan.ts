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
import { outlineAction, outlineAddition } from './outline-action.ts';

/** @param layout where the backend puts the actions */
export function outlinePlan(plan: Plan, layout: Layout = layOutByRank(plan)): Outline {
  const { pipeline } = plan;
  const waits = waitsAmong(plan, layout);
  const heldUp = layout.ranksWait === false ? new Map<string, string[]>() : findHeldUp(waits, layout.stages);
  const nodes = new Map(plan.nodes.map((node) => [node.id, node]));
  const standingOf: StandingOf = (id, rank) => ({
    runOrder: rank + 1,
    after: waits.get(id) ?? [],
    heldUpBy: heldUp.get(id) ?? [],
  });
  const stages = layout.stages.map((stage) => outlineStage(plan, stage, nodes, standingOf));
  return {
    pipeline: { name: pipeline.name, environment: pipeline.env },
    backend: plan.backend,
    stages,
    notes: [...plan.notes, ...layout.notes],
    totals: totalsOf(plan, stages),
  };
}

type StandingOf = (id: string, rank: number) => Pick<OutlinedAction, 'runOrder' | 'after' | 'heldUpBy'>;

/** For each node and addition, the IDs of what it comes after. */
function waitsAmong({ nodes }: Plan, { stages }: Layout): Map<string, readonly string[]> {
  const additions = stages.flatMap((stage) => stage.additions ?? []);
  const waits = new Map([...nodes, ...additions].map(({ id, after }) => [id, after]));
  for (const { id, before } of additions)
    for (const later of before) waits.set(later, [...(waits.get(later) ?? []), id]);
  return waits;
}

function outlineStage(
  { groups, pipeline }: Plan,
  { name, group, ranks, additions = [], rollback }: LaidStage,
  nodes: ReadonlyMap<string, PlanNode>,
  standingOf: StandingOf,
): OutlinedStage {
  const { type, path } = groups.find((each) => each.name === group) ?? unreachable(`a stage of no group, "${name}"`);
  const actions: OutlinedAction[] = ranks.flatMap((rank, index) => [
    ...rank.flatMap((id) => {
      const node = nodes.get(id);
      return node ? [outlineAction(node, standingOf(id, index), pipeline)] : [];
    }),
    ...additions.flatMap((each) => (each.rank === index ? [outlineAddition(each, standingOf(each.id, index))] : [])),
  ]);
  return { name, type, path, ...(rollback === undefined ? {} : { rollback }), actions };
}

function totalsOf({ pipeline, nodes }: Plan, stages: readonly OutlinedStage[]): OutlineTotals {
  const actions = stages.flatMap((stage) => stage.actions);
  const deployedTo = new Set(nodes.flatMap((node) => (node.type === 'execute' ? [environmentName(node.env)] : [])));
  const own = environmentName(pipeline.env);
  const actsIn = actions.flatMap(({ environment }) => (environment ? [environmentName(environment)] : []));
  return {
    stages: stages.length,
    actions: actions.length,
    longestChain: stages.reduce((sum, stage) => sum + (stage.actions.at(-1)?.runOrder ?? 0), 0),
    heldUp: actions.filter(({ heldUpBy }) => heldUpBy.length > 0).length,
    gates: new Set(nodes.filter(isGate).map((node) => node.gate)).size,
    publishers: nodes.filter((node) => node.type === 'publish').length,
    deployments: deploymentsOf(pipeline).length,
    stacks: nodes.filter((node) => node.type === 'execute').length,
    environments: deployedTo.size,
    stepEnvironments: new Set(actsIn.filter((place) => place !== own && !deployedTo.has(place))).size,
  };
}
