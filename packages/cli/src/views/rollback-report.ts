/** Shows what a rollback will do, and what it did. */
import {
  type RollbackPreview,
  type RollbackReport,
  type RollbackState,
  rollbackId,
  type StackRollback,
} from '@cdkpipe/backend-local/engine';
import { environmentName } from '@cdkpipe/core';
import { printLine } from '../terminal/print.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import { type Paint, paintFor } from './paint.ts';
import { duration } from './run-duration.ts';

export function rollbackNotice({ run, pipeline, stacks }: RollbackPreview): Printable {
  return joinLines([
    `rolling back run ${run} of ${pipeline} for real, in this order:`,
    ...stacks.map(({ stack, stackName, env }) => `  ${stack} (${stackName} in ${environmentName(env)})`),
  ]);
}

function rollbackHead({ deployments, trigger, by, at, reason, ended }: RollbackState, paint: Paint): string {
  const who = trigger === 'auto' ? "rollback: 'auto'" : by.user;
  const how = ended?.outcome ?? 'unfinished';
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${paint('bold', `rollback of ${deployments.join(', ')}`)} ${paint(how === 'complete' ? 'green' : 'red', how)}, by ${who} at ${at}${why}`;
}

export function rollbackLines(rollback: RollbackState, paint: Paint): string[] {
  const width = Math.max(0, ...rollback.stacks.map((stack) => rollbackId(stack).length));
  const known = new Map(rollback.begun.map((stack) => [stack.stack, stack]));
  return [
    rollbackHead(rollback, paint),
    ...rollback.stacks.map((stack) => stackLine(rollbackId(stack).padEnd(width), known.get(stack), paint)),
  ];
}

function stackLine(id: string, stack: StackRollback | undefined, paint: Paint): string {
  const how = stack?.outcome ?? (stack ? 'cut or running' : 'pending');
  const mark = wayBackMark(stack?.outcome, paint);
  const time = stack?.ended && stack.since !== '' ? duration(stack.since, stack.ended) : '';
  const began = (stack?.since ?? '').slice(11, 19).padEnd(8);
  const attempt = stack && stack.attempt > 1 ? `, attempt ${stack.attempt}` : '';
  const detail = stack?.detail === undefined ? '' : `: ${stack.detail}`;
  return `${paint('dim', began)} ${mark} ${id}  ${time.padStart(7)}  ${how}${attempt}${detail}`;
}

export function wayBackMark(outcome: StackRollback['outcome'], paint: Paint): string {
  if (outcome === 'restored') return paint('green', '↩');
  if (outcome === 'unchanged') return paint('dim', '-');
  return outcome === 'failed' ? paint('red', '✖') : paint('yellow', '•');
}

export function showRollback({ run, end, rollback }: RollbackReport): void {
  const paint = paintFor(process.stdout);
  const goOn = ['', 'Nothing is lost. Go on with', '', `  ${paint('cyan', `npx cdkpipe rollback ${run}`)}`];
  const lines = [...(rollback ? ['', ...rollbackLines(rollback, paint)] : []), ...(end === 'interrupted' ? goOn : [])];
  printLine(process.stdout, joinLines(lines));
}
