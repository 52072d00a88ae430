/** Shows what `cdkpipe init` made and what to do next. */
import { relative } from 'node:path';
import { counted } from '../outline/counted.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';

export interface InitReport {
  /** Absolute path of the project. */
  readonly directory: string;
  readonly name: string;
  readonly files: readonly string[];
  readonly replaced: readonly string[];
  /** Answers that only hold a place, by the name of their question. */
  readonly placeholders: readonly { readonly name: string; readonly value: string }[];
  readonly installed: boolean;
}

export function initSummary(report: InitReport, cwd: string, paint: Paint): Printable {
  const directory = relative(cwd, report.directory) || '.';
  const { name, files, replaced, placeholders, installed } = report;
  const steps = [
    ...(directory === '.' ? [] : [[`cd ${directory}`, '']]),
    ...(installed ? [] : [['npm install', 'then commit package-lock.json: the build runs npm ci']]),
    ['npx cdkpipe plan', 'see what the pipeline will do'],
    ['npx cdkpipe run --rehearse', 'try it on this machine, without an account'],
    ['npx cdkpipe synth', 'write the cloud assembly, and learn how to deploy it'],
  ] as const;
  return joinLines([
    '',
    `${paint('green', '✔')} ${paint('bold', name)}: ${counted(files.length, 'file')} in ${paint('bold', directory)}`,
    ...(replaced.length > 0 ? [`  replaced: ${replaced.join(', ')}`] : []),
    '',
    'Next:',
    '',
    ...steps.map(([command, why]) =>
      `  ${paint('cyan', command.padEnd(26))}${why && ` ${paint('dim', why)}`}`.trimEnd(),
    ),
    ...placeholderLines(placeholders, paint),
    '',
    'README.md says how to prepare the accounts.',
    '',
  ]);
}

function placeholderLines(placeholders: InitReport['placeholders'], paint: Paint): string[] {
  if (placeholders.length === 0) return [];
  return [
    '',
    `${paint('yellow', '!')} Before you deploy, replace these placeholders in cdkpipe.config.ts:`,
    '',
    ...placeholders.map(({ name, value }) => `  ${name.padEnd(15)} ${value}`),
  ];
}
