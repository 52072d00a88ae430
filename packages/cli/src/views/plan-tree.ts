/** Draws an outline as a tree: stages, run orders, actions, and the gates among them. */
import { environmentName } from '@cdkpipe/core';
import type { Outline, OutlinedStage } from '../outline/outline.ts';
import { waitsOf } from '../outline/waits.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import { actionLines, waitLine } from './action-lines.ts';
import type { Paint } from './paint.ts';
import type { Sheet } from './sheet.ts';
import { totalsLines } from './totals.ts';

/** The widest column of subjects; longer ones push what follows to the next line. */
const maxSubject = 36;

export function planTree(outline: Outline, width: number, paint: Paint): Printable {
  const { pipeline, stages } = outline;
  const actions = stages.flatMap((stage) => stage.actions);
  const waves = stages.filter(({ type }) => type === 'wave').flatMap((stage) => stage.actions);
  const sheet: Sheet = {
    width,
    subjects: Math.min(maxSubject, Math.max(0, ...waves.map(({ subject }) => subject.length))),
    home: environmentName(pipeline.environment),
    titleOf: new Map(actions.map(({ id, type, subject }) => [id, `${type} ${subject}`])),
    paint,
  };
  return joinLines([
    `${paint('bold', pipeline.name)} on ${outline.backend} in ${environmentName(pipeline.environment)}`,
    '',
    ...stages.flatMap((stage, index) => stageLines(stage, index === stages.length - 1, sheet)),
    '',
    ...noteLines(outline.notes, paint),
    ...totalsLines(outline.totals, paint),
    '',
  ]);
}

function stageLines(stage: OutlinedStage, isLast: boolean, sheet: Sheet): string[] {
  const { paint } = sheet;
  const rail = isLast ? '   ' : `${paint('dim', '│')}  `;
  const lines = stage.actions.flatMap((action, index) => [
    ...actionLines(action, stage.actions[index - 1], sheet),
    ...waitLine('after', waitsOf(action, stage.actions), sheet),
    ...waitLine('held up by', gatesAmong(action.heldUpBy, stage), sheet),
  ]);
  return [
    `${paint('dim', isLast ? '└─' : '├─')} ${paint('bold', stage.name)}${
      stage.rollback === undefined ? '' : ` ${paint('cyan', '↺ rolls back when it fails')}`
    }`,
    ...lines.map((line) => rail + line),
    ...(isLast ? [] : [paint('dim', '│')]),
  ];
}

/** Gates may take long, so it is said where one holds up what it does not guard; the totals count the rest. */
function gatesAmong(ids: readonly string[], { actions }: OutlinedStage): string[] {
  return ids.filter((id) => actions.some((action) => action.id === id && action.gate !== undefined));
}

/** What holds for several deployments is said once. */
function noteLines(notes: Outline['notes'], paint: Paint): string[] {
  const texts = [...new Set(notes.map(({ text }) => text))];
  return texts.flatMap((text) => {
    const about = notes.filter((note) => note.text === text).map((note) => note.about);
    return [`${paint('cyan', 'note')} ${about.join(', ')}: ${text}`, ''];
  });
}
