/** Shows what `cdkpipe runs:prune` has removed, to people and to scripts. */
import type { PrunedRun, PruneReport, RunStatus } from '@cdkpipe/backend-local/engine';
import { printLine } from '../terminal/print.ts';
import { joinLines } from '../terminal/printable.ts';
import { type Paint, paintFor } from './paint.ts';
import { painted } from './runs-report.ts';
import { saySize } from './say-size.ts';

/** What `cdkpipe runs:prune --json` prints. */
export interface PruneDocument {
  readonly dryRun: boolean;
  /** Bytes on the disk that are free again, or would be; `runs.db` keeps its size and uses it again. */
  readonly freed: number;
  readonly removed: readonly PrunedRunDocument[];
  /** Runs that have lost their working directories only. */
  readonly cleared: readonly PrunedRunDocument[];
  /** Directories without a run, left where removing it was interrupted. */
  readonly orphans: readonly { readonly directory: string; readonly bytes: number }[];
  /** Runs that wait for an answer, which are never removed. */
  readonly waiting: readonly { readonly run: string; readonly waitsFor: readonly string[] }[];
}

export interface PrunedRunDocument {
  readonly run: string;
  readonly pipeline: string;
  readonly mode: string;
  readonly status: RunStatus;
  readonly begun: string;
  readonly bytes: number;
}

export function pruneDocument({ removed, cleared, orphans, waiting }: PruneReport, dryRun: boolean): PruneDocument {
  const freed = [...removed, ...cleared, ...orphans].reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    dryRun,
    freed,
    removed: removed.map(documentOf),
    cleared: cleared.map(documentOf),
    orphans,
    waiting: waiting.map(({ id, waitsFor }) => ({ run: id, waitsFor })),
  };
}

function documentOf({ id, pipeline, mode, status, begun, bytes }: PrunedRun): PrunedRunDocument {
  return { run: id, pipeline, mode, status, begun: begun.toISOString(), bytes };
}

export function showPruned({ dryRun, freed, removed, cleared, orphans, waiting }: PruneDocument): void {
  const paint = paintFor(process.stdout);
  const would = (text: string) => (dryRun ? `would remove ${text}` : `removed ${text}`);
  const count = (number: number, one: string, many: string) => (number === 1 ? one : `${number} ${many}`);
  const lines = [
    ...(removed.length === 0 ? [] : [would(count(removed.length, 'one run', 'runs'))]),
    ...removed.map((run) => runLine(run, paint)),
    ...(cleared.length === 0
      ? []
      : [would(`the working directories of ${count(cleared.length, 'one run', 'runs')}, which stay in the list`)]),
    ...cleared.map((run) => runLine(run, paint)),
    ...(orphans.length === 0
      ? []
      : [would(`what ${count(orphans.length, 'one run', 'runs')} had left that were removed before`)]),
    ...waiting.map(({ run, waitsFor }) => `${run} stays, as it waits for ${waitsFor.join(', ')}`),
    freed === 0 && removed.length === 0 ? 'nothing to remove' : `${dryRun ? 'would free' : 'freed'} ${saySize(freed)}`,
  ];
  printLine(process.stdout, joinLines(lines));
}

function runLine({ run, status, mode, pipeline, begun, bytes }: PrunedRunDocument, paint: Paint): string {
  const time = paint('dim', begun.slice(0, 16).replace('T', ' '));
  return `  ${[paint('bold', run), painted(status, paint), mode.padEnd(9), pipeline, time, saySize(bytes)].join('  ')}`;
}
