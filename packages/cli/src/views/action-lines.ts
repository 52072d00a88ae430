/** Draws one action of a plan: `3  ◆ approve  Beta/Smoke  codebuild by @cdkpipe/plugin-codebuild-approval`. */
import { environmentName } from '@cdkpipe/core';
import type { OutlinedAction } from '../outline/outline.ts';
import type { Sheet } from './sheet.ts';

/** Columns before the subject: rail 3, run order 3, mark 3, type 8. */
const subjectColumn = 17;
const indent = ' '.repeat(subjectColumn - 3);

/** @param previous the action above it in the stage: what it shares with that is not said again */
export function actionLines(action: OutlinedAction, previous: OutlinedAction | undefined, sheet: Sheet): string[] {
  const { width, subjects, paint } = sheet;
  const order = action.runOrder === previous?.runOrder ? '' : String(action.runOrder);
  const type = action.type.padEnd(7);
  const mark = action.gate === undefined ? `  ${paint('dim', type)}` : paint('yellow', `◆ ${type}`);
  const beside: string[] = [];
  const below: string[] = [];
  let room = width - subjectColumn - Math.max(subjects, action.subject.length) - 1;
  for (const detail of detailsOf(action, previous, sheet)) {
    room -= detail.length + 1;
    (room >= 0 ? beside : below).push(detail);
  }
  const head = `${paint('dim', order.padStart(2))}  ${mark} `;
  return [
    beside.length === 0
      ? head + action.subject
      : `${head}${action.subject.padEnd(subjects)}  ${paint('dim', beside.join(' '))}`,
    ...below.map((detail) => indent + paint('dim', detail)),
  ];
}

/**
 * What an action waits for, where that is not plain from its place: as many names as the line has room for.
 *
 * @param how `after` or `held up by`
 */
export function waitLine(how: string, waits: readonly string[], { titleOf, width, paint }: Sheet): string[] {
  if (waits.length === 0) return [];
  const [first = '', ...rest] = waits.map((id) => titleOf.get(id) ?? id);
  let text = `${how} ${first}`;
  let shown = 1;
  for (const name of rest) {
    if (subjectColumn + text.length + name.length + ', and 99 more'.length > width) break;
    text += `, ${name}`;
    shown += 1;
  }
  const hidden = waits.length - shown;
  return [indent + paint('dim', hidden === 0 ? text : `${text} and ${hidden} more`)];
}

function detailsOf(
  { kind, contributedBy, environment, type }: OutlinedAction,
  previous: OutlinedAction | undefined,
  { home }: Sheet,
) {
  const place = environment && environmentName(environment);
  // What makes the pipeline lives where the pipeline does, unless a step of it runs elsewhere.
  const isPipelines = (type === 'source' || type === 'build' || type === 'update') && place === home;
  // A stack is above a stack of the same deployment; where a step's code runs is the author's choice, so it is said.
  const isPlain = kind === undefined && previous?.environment && environmentName(previous.environment) === place;
  return [
    ...(place === undefined || isPipelines || isPlain ? [] : [`in ${place}`]),
    ...(kind === undefined ? [] : [contributedBy === undefined ? kind : `${kind} by ${contributedBy}`]),
  ];
}
