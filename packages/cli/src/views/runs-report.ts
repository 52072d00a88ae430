/** Shows the list of runs, to people and to scripts. */
import { openQuestions, type RunStatus } from '@cdkpipe/backend-local/engine';
import type { RunView } from '../runs/run-status.ts';
import { printLine } from '../terminal/print.ts';
import { joinLines } from '../terminal/printable.ts';
import { widthOf } from './break-lines.ts';
import { localTime, relativeTime, zoneName } from './local-time.ts';
import { type Paint, paintFor } from './paint.ts';
import { duration } from './run-duration.ts';
import { wrapWords } from './wrap-words.ts';

/** What `cdkpipe runs --json` prints. */
export interface RunsDocument {
  readonly runs: readonly RunEntryDocument[];
}

export interface RunEntryDocument {
  readonly id: string;
  readonly pipeline: string;
  readonly mode: string;
  readonly status: RunStatus;
  readonly started: string;
  readonly ended?: string;
  readonly commit?: string;
  /** Steps that wait for people. */
  readonly waitsFor: readonly string[];
  readonly reason?: string;
  /** How the last rollback of the run stands; absent where nothing was rolled back. */
  readonly rollback?: 'complete' | 'incomplete' | 'unfinished';
}

export function entryOf({ id, status, state }: RunView): RunEntryDocument {
  const { started, ended } = state;
  const rollback = state.rollbacks.at(-1);
  return {
    id,
    pipeline: started?.pipeline ?? '',
    mode: started?.mode ?? '',
    status,
    started: started?.at ?? '',
    ...(ended ? { ended: ended.at } : {}),
    ...(started?.source.commit === undefined ? {} : { commit: started.source.commit }),
    waitsFor: ended ? [] : openQuestions(state).map(([node]) => node),
    ...(ended?.reason === undefined ? {} : { reason: ended.reason }),
    ...(rollback ? { rollback: rollback.ended?.outcome ?? ('unfinished' as const) } : {}),
  };
}

export function runsDocument(views: readonly RunView[]): RunsDocument {
  return { runs: views.map(entryOf) };
}

export function showRuns(document: RunsDocument): void {
  const paint = paintFor(process.stdout);
  printLine(process.stdout, joinLines(runsLines(document, { width: widthOf(process.stdout), now: Date.now(), paint })));
}

export interface RunsSheet {
  readonly width: number;
  /** Milliseconds of this machine's clock. */
  readonly now: number;
  readonly paint: Paint;
}

/** Below it only the time that has passed since the start is shown. */
const wide = 100;

export function runsLines({ runs }: RunsDocument, { width, now, paint }: RunsSheet): string[] {
  const [latest] = runs;
  if (!latest) return ['No runs yet. Begin one with cdkpipe run.'];
  const isWide = width >= wide;
  const rows = runs.map(({ id, status, mode, pipeline, started, ended }) => [
    id,
    status,
    mode,
    pipeline,
    ...(isWide ? [localTime(started)] : []),
    relativeTime(started, now),
    ended === undefined ? '' : duration(started, ended),
  ]);
  const startedTitle = isWide ? [`STARTED (${zoneName(latest.started)})`] : [];
  const head = ['RUN', 'STATUS', 'MODE', 'PIPELINE', ...startedTitle, isWide ? '' : 'STARTED', 'TOOK'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[], style: (cell: string, column: number) => string) =>
    cells
      .map((cell, column) => style(cell.padEnd(widths[column] ?? 0), column))
      .join('  ')
      .trimEnd();
  return [
    paint(
      'dim',
      line(head, (cell) => cell),
    ),
    ...runs.flatMap((run, index) => [
      line(rows[index] ?? [], (cell, column) => {
        if (column === 0) return paint('bold', cell);
        return column === 1 ? paint(styleOf(run.status), cell) : cell;
      }),
      ...moreOf(run).flatMap((text) => wrapWords(text, width - 4).map((part) => `    ${part}`)),
    ]),
  ];
}

function moreOf({ waitsFor, reason, rollback }: RunEntryDocument): string[] {
  return [
    ...(waitsFor.length > 0 ? [`waits for ${waitsFor.join(', ')}`] : reason === undefined ? [] : [reason]),
    ...(rollback === undefined ? [] : [`rollback ${rollback}`]),
  ];
}

function styleOf(status: RunStatus) {
  if (status === 'succeeded') return 'green';
  return status === 'failed' || status === 'rejected' ? 'red' : 'yellow';
}

export function painted(status: RunStatus, paint: Paint): string {
  return paint(styleOf(status), status.padEnd(11));
}
