/** Shows what `cdkpipe init` adds to an app that is there, and what to do next. */
import { relative } from 'node:path';
import type { Additions } from '../existing-app/add-to-app.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import { openNotes } from './migrate-report.ts';
import type { Paint } from './paint.ts';

export interface AddedReport extends Pick<Additions, 'app' | 'added' | 'notes'> {
  /** Absolute path of the app. */
  readonly directory: string;
  /** Package manager that the lock file or package.json names. */
  readonly manager: string;
  readonly isDryRun: boolean;
  readonly installed: boolean;
}

export function addedSummary(report: AddedReport, cwd: string, paint: Paint): Printable {
  const { app, added, notes, directory } = report;
  const place = relative(cwd, directory) || '.';
  if (added.length === 0 && app !== 'pipelines')
    return joinLines([`${paint('green', '✔')} ${paint('bold', place)} has everything: nothing was changed`, '']);
  return joinLines([
    ...addedLines(report, paint),
    ...openNotes(notes, paint),
    ...(app === 'pipelines' ? ['The app uses CDK Pipelines: the definition is written by cdkpipe migrate.', ''] : []),
    'Next:',
    '',
    ...nextSteps(report).map(([command, why]) => `  ${paint('cyan', command.padEnd(28))} ${paint('dim', why)}`),
    '',
  ]);
}

/** What is asked about before anything is written. */
export function addedQuestion(report: AddedReport, paint: Paint): Printable {
  return joinLines(addedLines({ ...report, isDryRun: true }, paint));
}

function addedLines({ added, isDryRun }: AddedReport, paint: Paint): string[] {
  if (added.length === 0) return [];
  const mark = isDryRun ? paint('yellow', '+') : paint('green', '✔');
  return added.flatMap(({ path, what }) => [
    `${mark} ${paint('bold', path)}`,
    ...what.map((each) => `    ${each}`),
    '',
  ]);
}

function nextSteps({ app, added, manager, installed }: AddedReport): (readonly [string, string])[] {
  const manifest = added.some(({ path }) => path === 'package.json');
  const install =
    manifest && !installed ? [[`${manager.replace('@berry', '')} install`, 'then commit the lock file'] as const] : [];
  if (app === 'pipelines')
    return [...install, ['npx cdkpipe migrate', 'write the definition, and compare the stacks of both']];
  return [
    ...install,
    ['npx cdkpipe plan', 'see what the pipeline will do'],
    ['npx cdkpipe run --rehearse', 'try it on this machine, without an account'],
  ];
}
