/** Reads what an action of a run has printed. */
import { existsSync, readFileSync } from 'node:fs';
import { logFile, rollbackId, runPaths } from '@cdkpipe/backend-local/engine';
import { refused } from '@cdkpipe/core';
import { logUnknown } from '../problems/problems.ts';
import type { RunView } from './run-status.ts';

/** @param store directory of the store */
export function readLog(store: string, view: RunView, action: string): string {
  const log = findLog(store, view.id, action);
  if (log !== undefined) return log;
  const { nodes, rollbacks } = view.state;
  const back = rollbacks.flatMap(({ stacks }) => stacks.map(rollbackId));
  throw refused([logUnknown(view.id, action, [...nodes.keys(), ...back])]);
}

/** Undefined where it has printed nothing. */
export function findLog(store: string, run: string, action: string): string | undefined {
  const file = logFile(runPaths(store, run), action);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
