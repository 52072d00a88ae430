/** The last words about a run: how to go on with it, where it can. */
import {
  type NodeState,
  openQuestions,
  type RunMode,
  type RunReport,
  stopsTheRun,
} from '@cdkpipe/backend-local/engine';
import { withoutStyles } from '../terminal/make-visible.ts';
import { printLine } from '../terminal/print.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import { widthOf } from './break-lines.ts';
import { type Paint, paintFor } from './paint.ts';
import { questionLines } from './question-lines.ts';
import { duration } from './run-duration.ts';

/** What an action has printed; undefined where it has printed nothing. */
export type LogOf = (action: string) => string | undefined;

export function showClosing(report: RunReport, logOf: LogOf): void {
  printLine(process.stdout, joinLines(closingLines(report, logOf, paintFor(process.stdout))));
}

/** How many of its last lines a failed action shows. */
const lastLines = 10;

export function closingLines({ run, end, state }: RunReport, logOf: LogOf, paint: Paint): string[] {
  const command = (text: string) => `  ${paint('cyan', text)}`;
  const resume = resumeLine(run, state.started?.mode ?? 'rehearsal', paint);
  const sheet = { width: widthOf(process.stdout), paint, most: 8, rest: `npx cdkpipe runs:show ${run}` };
  switch (end) {
    case 'waiting':
      return [
        '',
        ...openQuestions(state).flatMap(([node, { question }]) => [
          ...(question ? questionLines(node, question, sheet) : []),
          command(`npx cdkpipe approve ${run} ${node}`),
          command(`npx cdkpipe reject ${run} ${node} --reason TEXT`),
        ]),
        '',
        'Then go on with',
        '',
        resume,
        '',
      ];
    case 'interrupted':
      return goOnLines(resume);
    case 'failed':
    case 'rejected':
      return [
        ...[...state.nodes].flatMap(([node, each]) =>
          stopsTheRun(each) ? failureLines(node, each, logOf, paint) : [],
        ),
        '',
        'Logs and report:',
        '',
        ...[...state.nodes]
          .filter(([node, each]) => stopsTheRun(each) && hasText(logOf(node)))
          .map(([node]) => command(`npx cdkpipe runs:show ${run} --log ${node}`)),
        command(`npx cdkpipe runs:report ${run} --open`),
        ...(end === 'failed'
          ? [
              '',
              'Run it again from there:',
              '',
              command(`npx cdkpipe run ${modeFlag(state.started?.mode)} --retry ${run}`),
            ]
          : []),
        '',
      ];
    case 'succeeded':
      return successLines({ run, end, state }, paint);
  }
}

const hasText = (log: string | undefined) => log !== undefined && log.trim() !== '';

/** The command that failed is the last that the log of a step shows with a `$`. */
function failureLines(node: string, { reason, outcome }: NodeState, logOf: LogOf, paint: Paint): string[] {
  const log = (logOf(node) ?? '').trimEnd();
  const lines = log === '' ? [] : log.split('\n').map(withoutStyles);
  const last = lines.slice(-lastLines);
  const ran = lines.findLast((line) => line.startsWith('$ '));
  const isCut = ran !== undefined && !last.includes(ran);
  return [
    '',
    `${paint('red', '✖')} ${paint('bold', node)}: ${reason ?? outcome ?? ''}`,
    ...(isCut ? [`    ${ran}`, `    ${paint('dim', '…')}`] : []),
    ...last.map((line) => `    ${line}`),
  ];
}

/** How long it took, and what was deployed: the outputs that are addresses are what people open next. */
function successLines({ run, state }: RunReport, paint: Paint): string[] {
  const { started, ended } = state;
  const outputs = [...state.nodes].flatMap(([node, { result }]) => {
    const { outputs = {} } = (result ?? {}) as { readonly outputs?: Readonly<Record<string, string>> };
    return Object.entries(outputs)
      .filter(([, value]) => /^https?:/.test(value))
      .map(([name, value]) => `  ${node}  ${name} = ${paint('cyan', value)}`);
  });
  const took = started && ended ? ` in ${duration(started.at, ended.at)}` : '';
  return [
    '',
    `${paint('green', '✔')} ${paint('bold', run)} succeeded${took}`,
    ...outputs,
    '',
    `  ${paint('cyan', `npx cdkpipe runs:report ${run} --open`)}`,
    '',
  ];
}

/** For a run that a fault has stopped. */
export function howToGoOn({ run, mode }: { readonly run: string; readonly mode: RunMode }): Printable {
  return joinLines([...goOnLines(resumeLine(run, mode, paintFor(process.stderr))), '']);
}

function goOnLines(resume: string): string[] {
  return ['', 'Nothing is lost. Go on with', '', resume, ''];
}

function resumeLine(run: string, mode: RunMode, paint: Paint): string {
  return `  ${paint('cyan', `npx cdkpipe run ${modeFlag(mode)} --resume ${run}`)}`;
}

function modeFlag(mode: RunMode = 'rehearsal'): string {
  return mode === 'rehearsal' ? '--rehearse' : '--deploy';
}
