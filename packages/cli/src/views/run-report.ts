/** Shows one run: its timeline with durations, and who decided what. */
import { type JournalRecord, type NodeState, openQuestions } from '@cdkpipe/backend-local/engine';
import type { RunView } from '../runs/run-status.ts';
import { printLine } from '../terminal/print.ts';
import { joinLines } from '../terminal/printable.ts';
import { widthOf } from './break-lines.ts';
import { type Paint, paintFor } from './paint.ts';
import { questionLines } from './question-lines.ts';
import { rollbackLines } from './rollback-report.ts';
import { duration } from './run-duration.ts';
import { entryOf, painted, type RunEntryDocument } from './runs-report.ts';

/** What `cdkpipe runs:show --json` prints. */
export interface RunDocument extends RunEntryDocument {
  /** SHA-256 of model, plan and assembly; absent before there was one. */
  readonly digest?: string;
  readonly actions: readonly ({ readonly id: string } & NodeState)[];
  /** What was taken back, the first first. */
  readonly rollbacks: RunView['state']['rollbacks'];
  /** Everything that was written down, in order. */
  readonly records: readonly JournalRecord[];
}

export function runDocument(view: RunView, records: readonly JournalRecord[]): RunDocument {
  const { digest, nodes, rollbacks } = view.state;
  return {
    ...entryOf(view),
    ...(digest === undefined ? {} : { digest }),
    actions: [...nodes].map(([id, state]) => ({ id, ...state })),
    rollbacks,
    records,
  };
}

export function showRun(view: RunView): void {
  const paint = paintFor(process.stdout);
  const { state, status } = view;
  const { started, ended } = state;
  const source = started?.source;
  const head = [
    `${paint('bold', view.id)}  ${painted(status, paint).trimEnd()}  ${started?.mode} of ${started?.pipeline}`,
    `  started ${started?.at} by ${started?.by.user}${ended ? `, ended ${ended.at}` : ''}`,
    `  source ${source?.commit ?? 'without a commit'}${source?.dirty ? ', with changes' : ''}`,
    ...(state.digest === undefined ? [] : [`  digest ${state.digest}`]),
    ...(ended?.reason === undefined ? [] : [`  ${paint('red', ended.reason)}`]),
    '',
  ];
  const width = Math.max(0, ...[...state.nodes.keys()].map((id) => id.length));
  const actions = [...state.nodes].flatMap(([id, node]) => actionLines(id.padEnd(width), node, paint));
  const open = openQuestions(state).flatMap(([id, { question }]) =>
    question ? ['', ...questionLines(id, question, { width: widthOf(process.stdout), paint })] : [],
  );
  const back = state.rollbacks.flatMap((rollback) => ['', ...rollbackLines(rollback, paint)]);
  printLine(process.stdout, joinLines([...head, ...actions, ...back, ...open]));
}

function actionLines(id: string, node: NodeState, paint: Paint): string[] {
  const how = node.outcome ?? (node.phase === 'asking' ? 'waits' : 'cut or running');
  const marks = { succeeded: paint('green', '✔'), skipped: paint('dim', '-') } as const;
  const mark = how === 'succeeded' || how === 'skipped' ? marks[how] : paint(node.outcome ? 'red' : 'yellow', '•');
  const time = node.ended === undefined ? '' : duration(node.since, node.ended);
  const attempt = node.attempt > 1 ? `, attempt ${node.attempt}` : '';
  const detail = node.reason ?? node.summary;
  const answers = node.answers.map(({ at, by, decision, comment, via, digest }) =>
    [
      `      ${paint('yellow', '◆')} ${decision === 'approve' ? 'approved' : 'rejected'} at ${at}`,
      `by ${by.user} (account ${by.account}, ${via})`,
      `for ${digest.slice(0, 12)}${comment === undefined ? '' : `: ${comment}`}`,
    ].join(' '),
  );
  return [
    `${paint('dim', node.since.slice(11, 19))} ${mark} ${id}  ${time.padStart(7)}  ${how}${attempt}${detail === undefined ? '' : `: ${detail}`}`,
    ...answers,
  ];
}
