/** Shows what `cdkpipe synth` made, to people and to scripts. */
import { relative } from 'node:path';
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
  pipelineStack,
  gates,
  templates,
  warnings,
  differences,
}: SynthReport): SynthDocument {
  const { pipeline, backend, totals } = outlinePlan(plan, layout);
  return {
    file,
    pipeline,
    backend,
    output,
    ...(pipelineStack !== undefined && { pipelineStack }),
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
      print(process.stdout, checkView(differences, placeOf(report, process.cwd()), paintFor(process.stdout)));
    return;
  }
  if (!quiet) print(process.stdout, synthSummary(report, process.cwd(), paintFor(process.stdout)));
}

const signs = { missing: '+', outdated: '~', unexpected: '-' } as const;

/** Each file with the sign of what `synth` would do to it. */
export function checkView(differences: readonly FileDifference[], place: string, paint: Paint): Printable {
  if (differences.length === 0) return joinLines([`${paint('green', '✔')} ${place} is what would be written`, '']);
  return joinLines([
    `${paint('red', '✖')} ${counted(differences.length, 'file')} of ${place} ${differences.length === 1 ? 'is' : 'are'} not what would be written`,
    '',
    ...differences.flatMap(({ file, change, places = [] }) => [
      `  ${paint('yellow', signs[change])} ${file}${change === 'outdated' ? '' : paint('dim', ` (${change})`)}`,
      ...places.map((each) => `      ${each}`),
    ]),
    '',
  ]);
}

/** A few lines: what was made, where it lies, what to do next. */
export function synthSummary(report: SynthReport, cwd: string, paint: Paint): Printable {
  const { plan, layout, gates, templates, pipelineStack } = report;
  const place = placeOf(report, cwd);
  const { pipeline, totals } = outlinePlan(plan, layout);
  const lines = [
    `${paint('green', '✔')} ${paint('bold', pipeline.name)}: ${counted(templates, 'template')} in ${paint('bold', place)}`,
    ...totalsLines(totals, paint).map((line) => `  ${line}`),
    // This machine asks gates when a run comes to them; nothing is emitted that could hold one.
    ...(gates.length > 0 && plan.backend !== 'local' ? [`  every gate was found in what was emitted`] : []),
  ];
  const next = nextCommand(plan, place, pipelineStack);
  return joinLines(['', ...lines, ...(next ? ['', next.why, '', `  ${paint('cyan', next.command)}`] : []), '', '']);
}

function nextCommand({ backend, nodes }: SynthReport['plan'], place: string, pipelineStack: string | undefined) {
  if (pipelineStack !== undefined) {
    const why = nodes.some(({ type }) => type === 'update')
      ? 'Deploy the pipeline once. Then it updates itself; bootstrap new accounts and regions before you add them:'
      : 'Deploy the pipeline, and again each time its definition changes:';
    return { why, command: `npx cdk deploy -a ${place} ${pipelineStack}` };
  }
  if (backend !== 'local') return undefined;
  return { why: 'Run it on this machine, first as a rehearsal:', command: 'npx cdkpipe run --rehearse --skip-build' };
}

function placeOf({ output }: SynthReport, cwd: string): string {
  return shortest(output, relative(cwd, output) || '.');
}

function shortest(...paths: readonly [string, ...string[]]): string {
  return paths.reduce((best, path) => (path.length < best.length ? path : best));
}
