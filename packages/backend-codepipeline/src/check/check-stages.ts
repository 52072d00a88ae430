/** Holds each stage against its limits, and says why one that is too large was not split. */
import type { Problem } from '@cdkpipe/core';
import { actionsPerStage, limits } from '../aws/limits.ts';
import { changeSetsTogether, stageNameTaken } from '../problems/stages.ts';
import type { StageLayout } from '../stages/lay-out-stages.ts';
import { checkNumber } from './within-limits.ts';

export function checkStages(stages: readonly StageLayout[], perStage: number): Problem[] {
  return [
    ...stages.flatMap((stage) => [...checkActions(stage, perStage), ...checkRunOrders(stage)]),
    ...checkStageNames(stages),
  ];
}

function checkActions({ name, path, actions }: StageLayout, perStage: number): Problem[] {
  const problems = checkNumber(actionsPerStage(perStage), `stage "${name}"`, actions.length, { path });
  const [bound] = actions.flatMap(({ node }) => (node.type === 'prepare' ? [node.deployment] : []));
  if (bound === undefined || actions.length <= perStage) return problems;
  return problems.map((problem) => changeSetsTogether(problem, bound));
}

function checkRunOrders({ name, path, actions }: StageLayout): Problem[] {
  return checkNumber(limits.runOrder, `stage "${name}"`, actions.at(-1)?.runOrder ?? 1, { path });
}

/** Names of waves differ; the name of a further stage of one may still be that of another. */
function checkStageNames(stages: readonly StageLayout[]): Problem[] {
  const holders = new Map<string, StageLayout>();
  return stages.flatMap((stage) => {
    const key = stage.name.toLowerCase();
    const holder = holders.get(key);
    holders.set(key, stage);
    return holder ? [stageNameTaken(stage.name, [holder.group, stage.group], { path: stage.path })] : [];
  });
}
