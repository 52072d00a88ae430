/** Tells `cdkpipe plan` where everything stands, and why it does where that is not plain. */
import { isGate, type LaidStage, type Layout, type Plan, type PlanNote } from '@cdkpipe/core';

import { isHelper } from './expand-plan.ts';
import type { StageLayout } from './lay-out-stages.ts';
import { noteSource } from './note-source.ts';

export function layoutOf(plan: Plan, stages: readonly StageLayout[]): Layout {
  return {
    stages: stages.map(({ name, group, actions, rollback }) => ({
      name,
      group,
      ranks: ranksOf(actions),
      ...additionsOf(actions),
      ...(rollback ? { rollback: rollback.of } : {}),
    })),
    notes: [
      ...noteSource(plan),
      ...plan.groups.flatMap(({ name }) => [...noteSplit(name, stages), ...noteGatesApart(name, stages)]),
      ...stages.flatMap(noteRollback),
    ],
  };
}

function ranksOf(actions: StageLayout['actions']): string[][] {
  const ranks: string[][] = [];
  for (const { node, runOrder } of actions) {
    while (ranks.length < runOrder) ranks.push([]);
    if (!isHelper(node)) ranks[runOrder - 1]?.push(node.id);
  }
  return ranks;
}

function additionsOf(actions: StageLayout['actions']): Pick<LaidStage, 'additions'> {
  const additions = actions.flatMap(({ node: helper, runOrder }) => {
    if (!isHelper(helper)) return [];
    const { id, name, type, after, deployment, stacks, path } = helper;
    const before = actions.flatMap(({ node }) => (!isHelper(node) && node.after.includes(id) ? [node.id] : []));
    const [only = '', ...others] = stacks;
    const subject = others.length === 0 ? `${deployment}/${only}` : `${deployment}, ${stacks.length} change sets`;
    return [{ id, name, type, subject, rank: runOrder - 1, after, before, deployment, stacks, path }];
  });
  return additions.length > 0 ? { additions } : {};
}

function noteSplit(group: string, all: readonly StageLayout[]): PlanNote[] {
  const stages = all.filter((stage) => stage.group === group);
  if (stages.length < 2) return [];
  const rolledBack = stages.some(({ rollback }) => rollback);
  const isLarge = !rolledBack || isSplitBySize(stages);
  const why = [
    ...(rolledBack ? ['a rollback takes back everything in a stage'] : []),
    ...(isLarge
      ? [`its ${stages.flatMap(({ actions }) => actions).length} actions are more than one stage may have`]
      : []),
  ].join(', and ');
  const names = stages.map(({ name }) => name).join(', ');
  return [
    { about: group, text: `it stands in ${stages.length} stages (${names}), which follow each other, as ${why}` },
  ];
}

/** Deployments without a rollback of their own share a stage as far as they fit into one. */
function isSplitBySize(stages: readonly StageLayout[]): boolean {
  return stages.filter((stage) => !stage.rollback && holdsDeployment(stage)).length > 1;
}

function holdsDeployment({ actions }: StageLayout): boolean {
  return actions.some(({ node }) => 'deployment' in node && node.deployment !== undefined);
}

/** Gates hold the stage that they stand in; the next one may still be taken when they have been passed. */
function noteGatesApart(group: string, all: readonly StageLayout[]): PlanNote[] {
  const stages = all.filter((stage) => stage.group === group);
  const first = stages.findIndex(holdsDeployment);
  const gates = stages.slice(0, Math.max(0, first)).flatMap(gatesIn);
  const next = stages[first]?.name;
  if (gates.length === 0 || next === undefined) return [];
  const text = `a run that has passed ${gates.join(', ')} waits while another is in the stage ${next}, and is not asked again when it enters`;
  return [{ about: group, text }];
}

function gatesIn({ actions }: StageLayout): string[] {
  return [...new Set(actions.flatMap(({ node }) => (!isHelper(node) && isGate(node) ? [node.gate] : [])))];
}

function noteRollback(stage: StageLayout): PlanNote[] {
  const { name, rollback } = stage;
  if (!rollback) return [];
  const asked = gatesIn(stage);
  const again = asked.length > 0 ? `; that passes its gates again (${asked.join(', ')})` : '';
  const text = `when the stage ${name} fails, its last successful run is deployed again${again}`;
  return [{ about: rollback.of, text }];
}
