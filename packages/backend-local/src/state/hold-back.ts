/** What the scheduler starts while one action does not end: so where a gate stands is read from what starts, not from edges. */
import { isGate, type Plan, readHeldBack } from '@cdkpipe/core';
import type { NodeState, RunState } from './run-state.ts';
import { emptyRun } from './run-state.ts';
import { findReady } from './schedule.ts';

const state = (phase: NodeState['phase'], outcome?: NodeState['outcome']): NodeState => ({
  phase,
  attempt: 1,
  since: '',
  answers: [],
  ...(outcome === undefined ? {} : { outcome }),
});

/** IDs of everything that a run starts while `open` is under way and all else succeeds at once; `open` itself among them. */
export function startedWhileOpen(plan: Plan, open: string): ReadonlySet<string> {
  const nodes = new Map<string, NodeState>();
  const run: RunState = { ...emptyRun, nodes };
  for (let ready = findReady(plan, run); ready.length > 0; ready = findReady(plan, run))
    for (const { id } of ready) nodes.set(id, id === open ? state('asking') : state('ended', 'succeeded'));
  return new Set(nodes.keys());
}

/** IDs of the gates that a run comes to, and behind which nothing starts that the plan has them hold back. */
export function findHoldingGates(plan: Plan): string[] {
  const held = readHeldBack(plan);
  return plan.nodes.filter(isGate).flatMap(({ id }) => {
    const started = startedWhileOpen(plan, id);
    const isPassed = [...(held.get(id) ?? [])].some((each) => started.has(each));
    return started.has(id) && !isPassed ? [id] : [];
  });
}
