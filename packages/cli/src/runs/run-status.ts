/** A run as lists and documents show it. */
import {
  emptyRun,
  foldRecords,
  type RunState,
  type RunStatus,
  type RunStore,
  resolveRun,
  statusOf,
} from '@cdkpipe/backend-local/engine';

export interface RunView {
  readonly id: string;
  readonly status: RunStatus;
  readonly state: RunState;
}

/** @param text as `resolveRun` takes it */
export function readRun(store: RunStore, text: string): RunView {
  const id = resolveRun(store, text);
  const state = foldRecords(emptyRun, store.read(id));
  return { id, status: statusOf(store, id, state), state };
}
