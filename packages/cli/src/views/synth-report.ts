/** Shows what `cdkpipe synth` made, to people and to scripts. */
import { join, relative } from 'node:path';
import { findFirstStack, type NextStep } from '@cdkpipe/core';
import type { FileDifference, SynthReport } from '@cdkpipe/core/host';
import { counted } from '../outline/counted.ts';
import type { Outline } from '../outline/outline.ts';
import { outlinePlan } from '../outline/outline-plan.ts';
import { print } from '../terminal/print.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import { type Paint, paintFor } from './paint.ts';
import { type ProblemDocument, problemDocument } from './problem-document.ts';
import { warningsView } from './problems.ts';
import { totalsLines } from './totals.ts';

/** What `cdkpipe synth --json` prints. */
export interface SynthDocument extends Pick<Outline, 'pipeline' | 'backend' | 'totals'> {
  /** The definition's file. */
  readonly file: string;
  /** Absolute path of the cloud assembly. */
  readonly output: string;
  /** ID of the stack to deploy once to begin. */
  readonly pipelineStack?: string;
  /** Files of the project that the backend makes, relative to the root of the source; absent where it makes none. */
  readonly projectFiles?: readonly string[];
  readonly gates: readonly string[];
  readonly templates: number;
  /** Of `--check`: files that are not what would be written. */
  readonly differences?: readonly FileDifference[];
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
}

export function synthDocument({
  file,
  plan,
  layout,
  output,
  next,
  projectFiles,
  gates,
  templates,
  warnings,
  differences,
}: SynthReport): SynthDocument {
  const { pipeline, backend, totals } = outlinePlan(plan, layout);
  const pipelineStack = findFirstStack(next);
  return {
    file,
    pipeline,
    backend,
    output,
    ...(pipelineStack !== undefined && { pipelineStack }),
    ...(projectFiles.length > 0 && { projectFiles }),
    gates,
    templates,
    totals,
    ...(differences !== undefined && { differences }),
    errors: [],
    warnings: warnings.map(problemDocument),
  };
}

export function showSynth(report: SynthReport, { quiet }: { readonly quiet: boolean }): void {
  print(process.stderr, warningsView(report.warnings, paintFor(process.stderr)));
  const { differences } = report;
  if (differences !== undefined) {
    if (!quiet || differences.length > 0)
      print(process.stdout, checkView(report, process.cwd(), paintFor(process.stdout)));
    return;
  }
  if (!quiet) print(process.stdout, synthSummary(report, process.cwd(), paintFor(process.stdout)));
}

const signs = { missing: '+', outdated: '~', unexpected: '-' } as const;

/** Each file with the sign of what `synth` would do to it. */
export function checkView(report: SynthReport, cwd: string, paint: Paint): Printable {
  const { differences = [], projectFiles } = report;
  const place = [placeOf(report, cwd), ...projectFiles.map((file) => placeOfFile(report, file, cwd))].join(', ');
  if (differences.length === 0) return joinLines([`${paint('green', '✔')} ${place} is what would be written`, '']);
  return joinLines([
    `${paint('red', '✖')} ${counted(differences.length, 'file')} of ${place} ${differences.length === 1 ? 'is' : 'are'} not what would be written`,
    '',
    ...differences.flatMap(({ root, file, change, places = [] }) => [
      `  ${paint('yellow', signs[change])} ${root === 'project' ? placeOfFile(report, file, cwd) : file}${change === 'outdated' ? '' : paint('dim', ` (${change})`)}`,
      ...places.map((each) => `      ${each}`),
    ]),
    '',
  ]);
}

/** A few lines: what was made, where it lies, what to do next. */
export function synthSummary(report: SynthReport, cwd: string, paint: Paint): Printable {
  const { plan, layout, gates, templates, next, isEmitted, projectFiles } = report;
  const place = placeOf(report, cwd);
  const { pipeline, totals } = outlinePlan(plan, layout);
  const lines = [
    `${paint('green', '✔')} ${paint('bold', pipeline.name)}: ${counted(templates, 'template')} in ${paint('bold', place)}`,
    ...projectFiles.map((file) => `  ${paint('bold', placeOfFile(report, file, cwd))}`),
    ...totalsLines(totals, paint).map((line) => `  ${line}`),
    // Where the machine itself asks gates when a run comes to them, nothing is emitted that could hold one.
    ...(gates.length > 0 && isEmitted ? [`  every gate was found in what was emitted`] : []),
  ];
  const steps = next.flatMap((step) => ['', step.why, '', `  ${paint('cyan', commandOf(step, place))}`]);
  return joinLines(['', ...lines, ...steps, '', '']);
}

function commandOf(step: NextStep, place: string): string {
  return 'run' in step ? step.run : `npx cdk deploy -a ${place} ${step.deploy.join(' ')}`;
}

function placeOfFile({ sourceDirectory }: SynthReport, file: string, cwd: string): string {
  const path = join(sourceDirectory, file);
  return shortest(path, relative(cwd, path));
}

function placeOf({ output }: SynthReport, cwd: string): string {
  return shortest(output, relative(cwd, output) || '.');
}

function shortest(...paths: readonly [string, ...string[]]): string {
  return paths.reduce((best, path) => (path.length < best.length ? path : best));
}
