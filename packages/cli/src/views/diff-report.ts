/** Shows what `cdkpipe diff` found, to people and to scripts; gates that vanish come first. */
import type { ActionChange, GateChange, StageChange } from '@cdkpipe/core';
import type { PipelineDiff, StackDiff } from '../diff/pipeline-diff.ts';
import type { Difference } from '../migrate/compare/comparison.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';
import type { ProblemDocument } from './problem-document.ts';
import { textTable } from './text-table.ts';
import { wrapWords } from './wrap-words.ts';

/** What `cdkpipe diff --json` prints. */
export interface DiffDocument extends PipelineDiff {
  /** The definition's file. */
  readonly file: string;
  /** What it was compared with: a directory, or `deployed`. */
  readonly against: string;
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
}

export function diffView(diff: PipelineDiff, against: string, width: number, paint: Paint): Printable {
  if (diff.isSame) return joinLines([`${paint('green', '✔')} the pipeline is the same as ${against}`, '']);
  const { gates, stages, actions, statements, stacks } = diff;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', paint('bold', title), ...lines.map((line) => `  ${line}`)];
  return joinLines([
    `the pipeline differs from ${against}`,
    ...section(
      'gates',
      gates.flatMap((gate) => gateLines(gate, width - 2, paint)),
    ),
    ...section(
      'stages',
      stages.map((stage) => stageLine(stage, paint)),
    ),
    ...section(
      'actions',
      actions.flatMap((action) => actionLines(action, width - 2, paint)),
    ),
    ...section('permissions', statements.length === 0 ? [] : permissionTable(diff, width - 2, paint)),
    ...section(
      'resources',
      stacks.flatMap((stack) => stackLines(stack, width - 2, paint)),
    ),
    '',
  ]);
}

function gateLines({ change, name, released }: GateChange, width: number, paint: Paint): string[] {
  const text = `${name} ${saidOf[change]}`;
  const isLoss = change === 'vanished' || change === 'weakened' || change === 'bypassable';
  const waits = released.length === 0 ? [] : wrapWords(`no longer waiting for it: ${released.join(', ')}`, width - 4);
  return [
    `${isLoss ? paint('red', '✖') : paint('yellow', '◆')} ${paint('bold', text)}`,
    ...waits.map((line) => `    ${line}`),
  ];
}

const saidOf: Readonly<Record<GateChange['change'], string>> = {
  vanished: 'vanishes',
  weakened: 'holds back less',
  bypassable: 'may be passed without a decision',
  changed: 'decides in another way',
  added: 'is new',
};

function stageLine({ change, name }: StageChange, paint: Paint): string {
  return `${signOf(change, paint)} ${name}`;
}

function actionLines({ change, name, from, to, fields = [] }: ActionChange, width: number, paint: Paint): string[] {
  const what = change === 'moved' ? `: ${from} → ${to}` : change === 'changed' ? `: ${fields.join(', ')}` : '';
  return wrapWords(`${name}${what}`, width - 4).map(
    (line, index) => `${index === 0 ? signOf(change, paint) : ' '} ${index === 0 ? '' : '  '}${line}`,
  );
}

function permissionTable({ statements }: PipelineDiff, width: number, paint: Paint): string[] {
  const rows = statements.map(({ change, effect, principal, actions, resource, condition }) => ({
    cells: [change === 'added' ? '+' : '-', effect, principal, actions.join(' '), resource],
    ...(condition === undefined ? {} : { below: `if ${JSON.stringify(condition)}` }),
  }));
  return textTable(['', 'effect', 'principal', 'action', 'resource'], rows, width, paint);
}

function stackLines({ stack, change, differences }: StackDiff, width: number, paint: Paint): string[] {
  if (change !== 'changed') return [`${signOf(change, paint)} the stack ${stack}`];
  return [stack, ...differences.flatMap((difference) => differenceLines(difference, width - 2, paint))];
}

function differenceLines({ effect, id, type, properties }: Difference, width: number, paint: Paint): string[] {
  const { sign, note } = effectWords[effect];
  const text = [id, type, note, properties.length === 0 ? undefined : `(${properties.join(', ')})`];
  const mark = effect === 'replace' || effect === 'mayReplace' ? paint('red', sign) : signed(sign, paint);
  return wrapWords(text.filter((part) => part !== undefined && part !== '').join(' '), width - 4).map(
    (line, index) => `  ${index === 0 ? mark : ' '} ${index === 0 ? '' : '  '}${line}`,
  );
}

const effectWords: Readonly<Record<Difference['effect'], { readonly sign: string; readonly note?: string }>> = {
  replace: { sign: '!', note: 'is replaced' },
  mayReplace: { sign: '!', note: 'may be replaced' },
  remove: { sign: '-' },
  add: { sign: '+' },
  update: { sign: '~' },
  other: { sign: '~' },
};

function signOf(change: 'added' | 'removed' | 'moved' | 'changed', paint: Paint): string {
  return signed(change === 'added' ? '+' : change === 'removed' ? '-' : '~', paint);
}

function signed(sign: string, paint: Paint): string {
  return paint(sign === '+' ? 'green' : sign === '-' ? 'red' : 'yellow', sign);
}
