/** The story of removing old runs, top to bottom: after each run by the definition, and by `cdkpipe runs:prune`. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isCdkpipeError, type Problem } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';
import { emptyRun, foldRecords } from '../state/run-state.ts';
import { openQuestions, statusOf } from '../state/run-status.ts';
import { isThisProcess } from '../store/process-identity.ts';
import type { RunEntry, RunStore } from '../store/run-store.ts';
import { runPaths } from '../work/paths.ts';
import { chooseRuns, type PastRun, type PruneRule } from './choose-runs.ts';
import { removeTree, sizeOf, workingDirectories } from './run-files.ts';

export interface PruneRequest extends PruneRule {
  readonly store: RunStore;
  /** Only runs of this pipeline; all pipelines share the store. */
  readonly pipeline?: string;
  /** Changes nothing. */
  readonly dryRun?: boolean;
  /** Measures what is removed, which reads every directory. */
  readonly measure?: boolean;
}

export interface PrunedRun extends PastRun {
  /** What its files take on the disk; 0 where it was not measured. */
  readonly bytes: number;
}

export interface PruneReport {
  /** Runs that were removed, or would be. */
  readonly removed: readonly PrunedRun[];
  /** Runs that have lost their working directories, or would; only those that had any. */
  readonly cleared: readonly PrunedRun[];
  /** Directories of runs that are in no journal, as removing them was interrupted. */
  readonly orphans: readonly { readonly directory: string; readonly bytes: number }[];
  /** Runs that wait for an answer. */
  readonly waiting: readonly PastRun[];
  /** What could not be removed or read; everything else was. */
  readonly problems: readonly Problem[];
}

export async function pruneRuns(request: PruneRequest): Promise<PruneReport> {
  const { store, dryRun = false, measure = false } = request;
  const problems: Problem[] = [];
  const orphans = findOrphans(store);
  const runs = readRuns(request, problems);
  const { remove, clear } = chooseRuns(runs, request);
  const filesOf = ({ id }: PastRun) => [runPaths(store.directory, id).root];
  const remains = ({ id }: PastRun) => workingDirectories(runPaths(store.directory, id)).filter((it) => existsSync(it));

  const take = async (directories: readonly string[]): Promise<number> => {
    let bytes = 0;
    for (const directory of directories) {
      if (measure) bytes += await sizeOf(directory);
      if (!dryRun) await tryToRemove(directory, problems);
    }
    return bytes;
  };
  const removed: PrunedRun[] = [];
  for (const run of remove) {
    // The journal goes first: without files a run would seem to be whole, and files without a journal are found again.
    if (dryRun || store.remove(run.id, run.seq)) removed.push({ ...run, bytes: await take(filesOf(run)) });
  }
  const cleared: PrunedRun[] = [];
  for (const run of clear) {
    const directories = remains(run);
    const holder = store.findHolder(run.id);
    // A rollback works in them too.
    const isInUse = holder !== undefined && !isThisProcess(holder);
    if (directories.length > 0 && !isInUse) cleared.push({ ...run, bytes: await take(directories) });
  }
  const swept = [];
  for (const directory of orphans) swept.push({ directory, bytes: await take([directory]) });
  const waiting = runs.filter(({ status }) => status === 'waiting');
  return { removed, cleared, orphans: swept, waiting, problems };
}

async function tryToRemove(directory: string, problems: Problem[]): Promise<void> {
  try {
    await removeTree(directory);
  } catch (error) {
    problems.push(words.runFilesNotRemoved(directory, (error as Error).message));
  }
}

/** The directories are listed before the journals, as a run is in the journal before it has a directory. */
function findOrphans(store: RunStore): string[] {
  const root = join(store.directory, 'runs');
  const names = existsSync(root) ? readdirSync(root) : [];
  const known = new Set(store.list().map(({ id }) => id));
  return names.filter((name) => !known.has(name)).map((name) => join(root, name));
}

/** A run that cannot be read is left alone and reported. */
function readRuns(request: PruneRequest, problems: Problem[]): PastRun[] {
  const { store, pipeline } = request;
  return store
    .list()
    .filter((entry) => (pipeline === undefined || entry.pipeline === pipeline) && concerns(entry, request))
    .flatMap((entry) => {
      try {
        return [readRun(store, entry)];
      } catch (error) {
        if (!isCdkpipeError(error)) throw error;
        problems.push(...error.problems.filter(({ code }) => code !== 'RUN_UNKNOWN'));
        return [];
      }
    });
}

/** Real runs may be many, and without files to remove there is nothing to read them for. */
function concerns({ id, mode }: RunEntry, { store, real }: PruneRequest): boolean {
  return real || mode === 'rehearsal' || workingDirectories(runPaths(store.directory, id)).some((it) => existsSync(it));
}

function readRun(store: RunStore, { id, pipeline, created, begun }: RunEntry): PastRun {
  const state = foldRecords(emptyRun, store.read(id));
  const { seq, started, at } = state;
  const ahead = Date.parse(created) - begun.getTime();
  return {
    id,
    pipeline,
    // Of the record that was just held against its hash.
    mode: started?.mode ?? 'deploy',
    status: statusOf(store, id, state),
    seq,
    begun,
    last: new Date(Date.parse(at) - ahead),
    waitsFor: openQuestions(state).map(([node]) => node),
  };
}
