/** How a run stands, for lists and documents. */
import { emptyRun, foldRecords, type NodeState, type RunState, type RunStore } from '@cdkpipe/backend-local/engine';

export type RunStatus = 'succeeded' | 'failed' | 'rejected' | 'running' | 'waiting' | 'interrupted';

export interface RunView {
  readonly id: string;
  readonly status: RunStatus;
  readonly state: RunState;
}

export function readRun(store: RunStore, id: string): RunView {
  const state = foldRecords(emptyRun, store.read(id));
  return { id, status: statusOf(store, id, state), state };
}

function statusOf(store: RunStore, id: string, state: RunState): RunStatus {
  if (state.ended) return state.ended.outcome;
  if (store.findHolder(id)) return 'running';
  return openQuestions(state).length > 0 ? 'waiting' : 'interrupted';
}

/** IDs of the nodes that wait for people, with their state. */
export function openQuestions({ nodes }: RunState): [string, NodeState][] {
  return [...nodes].filter(([, { phase }]) => phase === 'asking');
}
