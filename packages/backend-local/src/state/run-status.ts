/** How a run stands: by its journal, and by whether a process works on it. */
import type { NodeState, RunState } from './run-state.ts';

export type RunStatus = 'succeeded' | 'failed' | 'rejected' | 'running' | 'waiting' | 'interrupted';

/** @param store which tells whether a process works on the run */
export function statusOf(
  store: { findHolder(run: string): object | undefined },
  run: string,
  state: RunState,
): RunStatus {
  if (state.ended) return state.ended.outcome;
  if (store.findHolder(run)) return 'running';
  return openQuestions(state).length > 0 ? 'waiting' : 'interrupted';
}

/** IDs of the nodes that wait for people, with their state. */
export function openQuestions({ nodes }: RunState): [string, NodeState][] {
  return [...nodes].filter(([, { phase }]) => phase === 'asking');
}
