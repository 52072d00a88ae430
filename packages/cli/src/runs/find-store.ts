/** Finds the store of runs from any directory of a project, without reading its definition. */
import { dirname, resolve } from 'node:path';
import {
  hasDatabase,
  openRunStore,
  openRunStoreToRead,
  type RunStore,
  storeDirectory,
} from '@cdkpipe/backend-local/engine';
import { isCdkpipeError, refused } from '@cdkpipe/core';
import { noRunsHere } from '../problems/problems.ts';

/** @param config file of the definition; searched from here upwards when absent */
export function findStore(config: string | undefined): RunStore {
  return findWith(config, openRunStore);
}

/** For commands that only show: the store need not be writable. */
export function findStoreToRead(config: string | undefined): RunStore {
  return findWith(config, openRunStoreToRead);
}

/** Undefined where nothing has been run yet. */
export function findStoreToList(config: string | undefined): RunStore | undefined {
  try {
    return findStoreToRead(config);
  } catch (error) {
    if (isCdkpipeError(error) && error.code === 'NO_RUNS') return undefined;
    throw error;
  }
}

function findWith(config: string | undefined, open: (directory: string) => RunStore): RunStore {
  const start = config === undefined ? process.cwd() : dirname(resolve(config));
  for (let directory = start; ; directory = dirname(directory)) {
    if (hasDatabase(storeDirectory(directory))) return open(storeDirectory(directory));
    if (config !== undefined || dirname(directory) === directory) throw refused([noRunsHere(start)]);
  }
}
