/** Reads what an action of a run has printed. */
import { existsSync, readFileSync } from 'node:fs';
import { logFile, runPaths } from '@cdkpipe/backend-local/engine';
import { refused } from '@cdkpipe/core';
import { logUnknown } from '../problems.ts';
import type { RunView } from './run-status.ts';

/** @param store directory of the store */
export function readLog(store: string, { id, state }: RunView, action: string): string {
  const file = logFile(runPaths(store, id), action);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw refused([logUnknown(id, action, [...state.nodes.keys()])]);
}
