/** Lays the plan out in the stages of a pipeline; the one place that says where an action stands. */
import type { Plan, PlanGroup, Wave } from '@cdkpipe/core';
import { expandPlan, type LaidAction } from './expand-plan.ts';
import { layoutNodeOf, type PlacedPlanNode } from './layout-node-of.ts';
import { rankActions } from './rank-actions.ts';
import { splitWave } from './split-wave.ts';

export interface PlacedNode {
  readonly node: LaidAction;
  readonly runOrder: number;
}

export interface StageLayout {
  readonly name: string;
  /** Name of the group of the plan that it is, or is a part of. */
  readonly group: string;
  /** Place in the definition it comes from. */
  readonly path: string;
  readonly actions: readonly PlacedNode[];
  /** What goes back to its last good state when the stage fails: the wave, or one deployment of it. */
  readonly rollback?: { readonly of: string; readonly path: string };
}

export interface LayoutSettings {
  /** Actions that a stage may have. */
  readonly actionsPerStage: number;
}

/** Plans are frozen, so that a layout holds for as long as its plan. */
const known = new WeakMap<Plan, Map<number, readonly StageLayout[]>>();

/**
 * One stage for each group, several for a wave that needs more than one; a rank is a run order. Laid out once for each plan: what
 * checks, draws, inspects and explains gets the same stages.
 */
export function layOutStages(plan: Plan, { actionsPerStage }: LayoutSettings): readonly StageLayout[] {
  const layouts = known.get(plan) ?? new Map<number, readonly StageLayout[]>();
  const stages = layouts.get(actionsPerStage) ?? layOut(plan, { actionsPerStage });
  layouts.set(actionsPerStage, stages);
  known.set(plan, layouts);
  return stages;
}

function layOut(plan: Plan, settings: LayoutSettings): StageLayout[] {
  const expanded = expandPlan(plan);
  return plan.groups.flatMap((group) => {
    const nodes = expanded.filter((action) => action.group === group.name).map(layoutNodeOf);
    const wave = plan.pipeline.waves.find(({ name }) => group.type === 'wave' && name === group.name);
    return wave ? layOutWave(group, wave, nodes, settings) : [stageOf(group.name, group, nodes)];
  });
}

/**
 * The first stage has the wave's name, further ones a number behind it, and a stage for what must come before all
 * deployments ends in `.before`: so a deployment's stage keeps its name when a gate is added.
 */
function layOutWave(
  group: PlanGroup,
  wave: Wave,
  nodes: readonly PlacedPlanNode[],
  { actionsPerStage }: LayoutSettings,
): StageLayout[] {
  const single = wave.rollback ? [] : wave.deployments.filter(({ rollback }) => rollback);
  if (nodes.length === 0) return [stageOf(group.name, group, nodes)];
  const { before, stages } = splitWave(nodes, {
    limit: actionsPerStage,
    alone: new Set(single.map(({ name }) => name)),
    // A gate before the wave is asked once: a rollback runs all of a stage again.
    gatesApart: wave.rollback !== undefined || single.length > 0,
  });
  const numbered = (name: string, index: number) => (index === 0 ? name : `${name}.${index + 1}`);
  return [
    ...before.map((part, index) => stageOf(numbered(`${group.name}.before`, index), group, part)),
    ...stages.map((part, index) => {
      const deployment = single.find(({ name }) => part.some(({ unit }) => unit === name));
      const rolledBack = wave.rollback ? wave : deployment;
      const rollback = rolledBack && { rollback: { of: rolledBack.name, path: `${rolledBack.path}.rollback` } };
      return { ...stageOf(numbered(group.name, index), group, part), ...rollback };
    }),
  ];
}

function stageOf(name: string, { name: group, path }: PlanGroup, nodes: readonly PlacedPlanNode[]): StageLayout {
  const actions = rankActions(nodes).flatMap((rank, index) => rank.map(({ node }) => ({ node, runOrder: index + 1 })));
  return { name, group, path, actions };
}
