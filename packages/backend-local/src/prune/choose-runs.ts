/** Decides which runs are removed, and whose working directories. Pure. */

import type { RunMode } from '../journal/run-event.ts';
import type { RunStatus } from '../state/run-status.ts';

export interface PastRun {
  readonly id: string;
  readonly pipeline: string;
  readonly mode: RunMode;
  readonly status: RunStatus;
  /** Of its last record. */
  readonly seq: number;
  readonly begun: Date;
  /** When something was written last, by the clock of the machine. */
  readonly last: Date;
  /** Steps that wait for people. */
  readonly waitsFor: readonly string[];
}

/** Which runs may be removed; without `keep` and `before`, none. */
export interface PruneRule {
  /** How many runs of each pipeline and mode stay, the newest. */
  readonly keep?: number;
  /** Runs in which something happened since stay. */
  readonly before?: Date;
  /** Whether runs that were real may be removed too. */
  readonly real: boolean;
  /** Whether the newest run keeps its working directories where it failed. */
  readonly keepFailed: boolean;
}

export interface PruneChoice {
  readonly remove: readonly PastRun[];
  /** Those that lose their working directories only. */
  readonly clear: readonly PastRun[];
}

export function chooseRuns(runs: readonly PastRun[], rule: PruneRule): PruneChoice {
  const groupOf = ({ pipeline, mode }: PastRun) => `${mode} ${pipeline}`;
  const choices = [...new Set(runs.map(groupOf))].map((group) =>
    chooseInGroup(
      runs.filter((run) => groupOf(run) === group),
      rule,
    ),
  );
  return { remove: choices.flatMap(({ remove }) => remove), clear: choices.flatMap(({ clear }) => clear) };
}

/** Runs of one pipeline and mode. */
function chooseInGroup(runs: readonly PastRun[], { keep, before, real, keepFailed }: PruneRule): PruneChoice {
  const newestFirst = runs.toSorted((a, b) => b.begun.getTime() - a.begun.getTime());
  const mayBeRemoved = newestFirst.filter(({ status }) => status !== 'running' && status !== 'waiting');
  const isWanted = keep !== undefined || before !== undefined;
  const remove = mayBeRemoved.filter(
    ({ mode, last }, index) =>
      isWanted && (real || mode === 'rehearsal') && index >= (keep ?? 0) && (before === undefined || last < before),
  );
  const ended = mayBeRemoved.filter(({ status }) => status !== 'interrupted');
  const clear = ended.filter(
    (run, index) => !remove.includes(run) && !(keepFailed && index === 0 && run.status === 'failed'),
  );
  return { remove, clear };
}
