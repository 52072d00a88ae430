/** Draws an outline as a short tree: a line for each deployment of a stage, and the names of its gates. */
import { environmentName } from '@cdkpipe/core';
import { counted } from '../outline/counted.ts';
import type { Outline, OutlinedAction, OutlinedStage } from '../outline/outline.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';
import { totalsLines } from './totals.ts';

/** @param environments of the deployments, by name */
export function planSummary(outline: Outline, environments: ReadonlyMap<string, string>, paint: Paint): Printable {
  const { pipeline, stages, backend, totals } = outline;
  return joinLines([
    `${paint('bold', pipeline.name)} on ${backend} in ${environmentName(pipeline.environment)}`,
    '',
    ...stages.flatMap((stage, index) => stageLines(stage, index === stages.length - 1, environments, paint)),
    '',
    ...totalsLines(totals, paint),
    '',
  ]);
}

function stageLines(
  { name, actions, rollback }: OutlinedStage,
  isLast: boolean,
  environments: ReadonlyMap<string, string>,
  paint: Paint,
): string[] {
  const rail = isLast ? '   ' : `${paint('dim', '│')}  `;
  const deployments = [...new Set(actions.flatMap(({ deployment }) => deployment ?? []))];
  const shared = actions.filter(({ deployment }) => deployment === undefined);
  const lines = [
    ...(shared.length === 0 ? [] : partLines(deployments.length === 0 ? '' : 'before them', undefined, shared, paint)),
    ...deployments.flatMap((deployment) =>
      partLines(
        deployment,
        environments.get(deployment),
        actions.filter((action) => action.deployment === deployment),
        paint,
      ),
    ),
  ];
  const back = rollback === undefined ? '' : ` ${paint('cyan', '↺ rolls back when it fails')}`;
  return [`${paint('dim', isLast ? '└─' : '├─')} ${paint('bold', name)}${back}`, ...lines.map((line) => rail + line)];
}

function partLines(
  name: string,
  environment: string | undefined,
  actions: readonly OutlinedAction[],
  paint: Paint,
): string[] {
  const gates = [...new Set(actions.flatMap(({ gate }) => gate ?? []))];
  const stacks = new Set(actions.flatMap(({ type, stack }) => (type === 'execute' ? (stack ?? []) : [])));
  const counts = [
    ...(stacks.size === 0 ? [] : [counted(stacks.size, 'stack')]),
    counted(actions.length, 'action'),
    ...(gates.length === 0 ? [] : [paint('yellow', `◆ ${counted(gates.length, 'gate')}`)]),
  ].join(', ');
  const place = environment === undefined ? '' : ` ${paint('dim', `in ${environment}`)}`;
  return [
    name === '' ? counts : `${name}${place}: ${counts}`,
    ...gates.map((gate) => `  ${paint('yellow', '◆')} ${gate}`),
  ];
}
