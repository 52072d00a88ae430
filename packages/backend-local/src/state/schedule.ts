/** Plan + state → what may start now, and whether the run is over. Pure: no clock, no disk. */
import type { Plan, PlanNode } from '@cdkpipe/core';
import type { NodeState, RunState } from './run-state.ts';

/** An action that ended so lets those behind it start. */
export function letsOthersStart(state: NodeState | undefined): boolean {
  return state?.phase === 'ended' && (state.outcome === 'succeeded' || state.outcome === 'skipped');
}

/** An action that ended so ends the run. */
export function stopsTheRun(state: Pick<NodeState, 'phase' | 'outcome'>): boolean {
  return state.phase === 'ended' && (state.outcome === 'failed' || state.outcome === 'rejected');
}

/**
 * The nodes that may start now, in the plan's order: everything they come after and every earlier group has
 * succeeded, and nothing of the run has failed or was rejected.
 */
export function findReady(plan: Plan, state: RunState): PlanNode[] {
  if ([...state.nodes.values()].some(stopsTheRun)) return [];
  const open = plan.groups.find(({ name }) =>
    plan.nodes.some(({ group, id }) => group === name && !letsOthersStart(state.nodes.get(id))),
  );
  return plan.nodes.filter(
    ({ id, group, after }) =>
      group === open?.name &&
      !state.nodes.has(id) &&
      after.every((earlier) => letsOthersStart(state.nodes.get(earlier))),
  );
}

/** Whether there is anything left that could still happen. */
export type Standing =
  /** An action runs, or may start. */
  | 'going'
  /** Only people can bring it on. */
  | 'asking'
  | 'succeeded'
  | 'failed'
  | 'rejected';

export function standingOf(plan: Plan, state: RunState): Standing {
  const states = [...state.nodes.values()];
  if (states.some(({ phase }) => phase === 'running')) return 'going';
  if (states.some((node) => node.outcome === 'failed' && stopsTheRun(node))) return 'failed';
  if (states.some(stopsTheRun)) return 'rejected';
  if (plan.nodes.every(({ id }) => letsOthersStart(state.nodes.get(id)))) return 'succeeded';
  return findReady(plan, state).length > 0 ? 'going' : 'asking';
}
