/** Keeps `.cdkpipe` small without being asked: what `backends.local.keep` says, when a run has ended. */
import { isCdkpipeError, type Problem } from '@cdkpipe/core';
import type { OpenedProject } from '@cdkpipe/core/host';
import { defaultKeep, type LocalOptions } from '../contract/options.ts';
import * as words from '../problems/problems.ts';
import type { RunStore } from '../store/run-store.ts';
import { pruneRuns } from './prune-runs.ts';

/** For the process that holds the pipeline, so that nobody works on another run of it; the run itself stays as it has ended. */
export async function tidyAfterRun(
  store: RunStore,
  { pipeline, backendOptions }: Pick<OpenedProject, 'pipeline' | 'backendOptions'>,
  observe: (remark: { readonly type: 'remark'; readonly text: string }) => unknown,
): Promise<void> {
  const { keep = defaultKeep } = (backendOptions as LocalOptions | undefined) ?? {};
  for (const text of await tidy(store, pipeline.name, keep)) observe({ type: 'remark', text });
}

/** @returns what is to be said about it */
async function tidy(store: RunStore, pipeline: string, keep: number): Promise<string[]> {
  try {
    const { removed, problems } = await pruneRuns({ store, pipeline, keep, real: false, keepFailed: true });
    return [...(removed.length === 0 ? [] : [words.oldRunsRemoved(removed.length, keep)]), ...problems.map(sayProblem)];
  } catch (error) {
    if (isCdkpipeError(error)) return error.problems.map(sayProblem);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return [words.oldRunsStay(message)];
  }
}

function sayProblem({ message, fix }: Problem): string {
  return fix === undefined ? message : `${message}; ${fix}`;
}
