/** Shows what `cdkpipe migrate` carried over, what it could not, and how the stacks compare. */
import { relative } from 'node:path';
import type { Difference, StackComparison, Verdict } from '../migrate/compare/comparison.ts';
import type { MigrateReport } from '../migrate/migrate-report.ts';
import type { Note } from '../migrate/old-app/note.ts';
import { counted } from '../outline/counted.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import { breakLines, widthOf } from './break-lines.ts';
import type { Paint } from './paint.ts';
import { type ProblemDocument, problemDocument } from './problem-document.ts';

/** What `cdkpipe migrate --json` prints. */
export interface MigrateDocument extends Omit<MigrateReport, 'problems'> {
  /** Whether all gates were carried over, nothing is open and no stack differs. */
  readonly complete: boolean;
  /** Why the definition could not be synthesised. */
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
}

export function migrateDocument({ problems, ...report }: MigrateReport, complete: boolean): MigrateDocument {
  return { ...report, complete, errors: problems.map(problemDocument), warnings: [] };
}

export function migrateSummary(report: MigrateReport, cwd: string, paint: Paint): Printable {
  const { notes, packages, stacks, problems } = report;
  const of = (type: Note['type']) => notes.filter((note) => note.type === type);
  return joinLines([
    ...gateLines(of('gate'), report, paint),
    ...headLines(report, cwd, paint),
    ...noteLines('Not carried over:', of('gate'), paint),
    ...noteLines(of('gate').length > 0 ? 'Also not carried over:' : 'Not carried over:', of('open'), paint),
    ...noteLines('In another form than before:', of('changed'), paint),
    ...(stacks === undefined ? [] : stackLines(stacks, paint)),
    ...(packages.length === 0 ? [] : packageLines(packages, paint)),
    ...(problems.length === 0 ? [] : ['The definition cannot be synthesised yet, so no stack was compared:', '']),
  ]);
}

/** First of all: a gate that is lost is worse than anything else. */
function gateLines(lost: readonly Note[], { old, gates }: MigrateReport, paint: Paint): string[] {
  const mark = paint('red', '✖');
  if (lost.length > 0)
    return [
      `${mark} ${paint('bold', `${counted(lost.length, 'gate')} of the old pipeline could not be carried over`)}`,
      '',
    ];
  if (old === undefined || gates === undefined || gates >= old.gates) return [];
  const what = `the old pipeline has ${counted(old.gates, 'gate')}, the definition ${gates}`;
  return [`${mark} ${paint('bold', what)}`, ''];
}

function headLines({ file, wasWritten, old, gates }: MigrateReport, cwd: string, paint: Paint): string[] {
  const place = paint('bold', relative(cwd, file) || file);
  const facts =
    old === undefined ? '' : `: ${counted(old.deployments, 'deployment')}, ${counted(gates ?? old.gates, 'gate')}`;
  return [`${paint('green', '✔')} ${wasWritten ? 'written to' : 'compared with'} ${place}${facts}`, ''];
}

function noteLines(title: string, notes: readonly Note[], paint: Paint): string[] {
  if (notes.length === 0) return [];
  const width = widthOf(process.stdout);
  const lines = notes.flatMap(({ type, what, fix, at }) => {
    const mark = type === 'gate' ? paint('red', '✖') : paint('yellow', '!');
    return [
      ...breakLines(what, width - 4).map((line, index) => `  ${index === 0 ? mark : ' '} ${line}`),
      ...(at === undefined ? [] : [`    ${paint('dim', 'in  ')} ${at.file}:${at.line}`]),
      ...breakLines(fix, width - 9).map(
        (line, index) => `    ${index === 0 ? paint('dim', 'fix ') : '    '} ${paint('green', line)}`,
      ),
    ];
  });
  return [title, '', ...lines, ''];
}

/** What an author has to do, of notes on a definition that was just written. */
export function openNotes(notes: readonly Note[], paint: Paint): string[] {
  return [
    ...noteLines(
      'To do:',
      notes.filter(({ type }) => type !== 'changed'),
      paint,
    ),
    ...noteLines(
      'To know:',
      notes.filter(({ type }) => type === 'changed'),
      paint,
    ),
  ];
}

const words: Readonly<Record<Verdict, string>> = {
  same: 'same',
  metadata: 'metadata only',
  different: 'different',
  missing: 'not in the definition',
  added: 'new: not in the old app',
};

function stackLines(stacks: readonly StackComparison[], paint: Paint): string[] {
  const width = Math.max(0, ...stacks.map(({ name }) => name.length));
  const lines = stacks.flatMap(({ name, environment, verdict, differences }) => {
    const isGood = verdict === 'same' || verdict === 'metadata';
    const place = paint('dim', environment.replace('aws://', ''));
    return [
      `  ${isGood ? paint('green', '✔') : paint('red', '✖')} ${name.padEnd(width)}  ${words[verdict]}  ${place}`,
      ...differences.map((difference) => `      ${differenceText(difference, paint)}`),
    ];
  });
  return ['Stacks:', '', ...lines, ''];
}

const effectWords: Readonly<Record<Difference['effect'], string>> = {
  replace: 'REPLACE',
  mayReplace: 'may replace',
  remove: 'remove',
  add: 'add',
  update: 'update',
  other: 'change',
};

function differenceText({ effect, id, type, properties }: Difference, paint: Paint): string {
  const isSevere = effect === 'replace' || effect === 'mayReplace' || effect === 'remove';
  const word = isSevere ? paint('red', effectWords[effect]) : effectWords[effect];
  const parts = properties.length > 0 ? `: ${properties.join(', ')}` : '';
  return `${word} ${id}${type === undefined ? '' : ` (${type})`}${parts}`;
}

function packageLines(packages: readonly string[], paint: Paint): string[] {
  return [
    'Install what the definition imports, then compare:',
    '',
    `  ${paint('cyan', `npm install --save-dev ${packages.join(' ')}`)}`,
    `  ${paint('cyan', 'npx cdkpipe migrate --check')}`,
    '',
  ];
}
