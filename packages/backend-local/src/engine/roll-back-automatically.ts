/** `rollback: 'auto'`: when a run has failed, the wave or deployment goes back by itself, before the run ends. */
import type { Plan } from '@cdkpipe/core';
import { findWantedRollback, stacksToRollBack } from '../state/plan-rollback.ts';
import { carryOutRollback, type RollbackInput } from './carry-out-rollback.ts';

/** @returns whether there is nothing left to do; false where it was stopped */
export async function rollBackAutomatically(
  plan: Plan,
  input: Omit<RollbackInput, 'stacks' | 'wanted'>,
): Promise<boolean> {
  const state = input.state();
  // Whatever it came to: once is enough, and the rest is for people.
  if (state.rollbacks.some(({ ended }) => ended !== undefined)) return true;
  const wanted = findWantedRollback(plan, state);
  const stacks = wanted ? stacksToRollBack(plan, state, wanted.deployments) : [];
  if (!wanted || (stacks.length === 0 && state.rollbacks.length === 0)) return true;
  return carryOutRollback({ ...input, stacks, wanted: { trigger: 'auto', ...wanted } });
}
