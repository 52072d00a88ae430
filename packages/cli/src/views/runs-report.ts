/** Shows the list of runs, to people and to scripts. */
import { openQuestions, type RunStatus } from '@cdkpipe/backend-local/engine';
import type { RunView } from '../runs/run-status.ts';
import { printLine } from '../terminal/print.ts';
import { joinLines } from '../terminal/printable.ts';
import { type Paint, paintFor } from './paint.ts';

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

export function showRuns({ runs }: RunsDocument): void {
  const paint = paintFor(process.stdout);
  const lines = runs.map(({ id, status, mode, pipeline, started, waitsFor, reason, rollback }) =>
    [
      paint('bold', id),
      painted(status, paint),
      mode.padEnd(9),
      pipeline,
      paint('dim', started.slice(0, 16).replace('T', ' ')),
      waitsFor.length > 0 ? `waits for ${waitsFor.join(', ')}` : (reason ?? ''),
      rollback === undefined ? '' : `rollback ${rollback}`,
    ]
      .join('  ')
      .trimEnd(),
  );
  printLine(process.stdout, joinLines(lines));
}

export function painted(status: RunStatus, paint: Paint): string {
  const style = status === 'succeeded' ? 'green' : status === 'failed' || status === 'rejected' ? 'red' : 'yellow';
  return paint(style, status.padEnd(11));
}
