/** A run as lists and documents show it. */
import {
  emptyRun,
  foldRecords,
  type RunState,
  type RunStatus,
  type RunStore,
  statusOf,
} from '@cdkpipe/backend-local/engine';

export interface RunView {
  readonly id: string;
  readonly status: RunStatus;
  readonly state: RunState;
}

export function readRun(store: RunStore, id: string): RunView {
  const state = foldRecords(emptyRun, store.read(id));
  return { id, status: statusOf(store, id, state), state };
}
