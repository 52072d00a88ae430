/** What the engine is given to work with: the plan as far as it is known, and the work behind each node. */
import type { Plan, PlanNode } from '@cdkpipe/core';
import type { ActionEnded, Question, Retry, StackRollbackEnded } from '../journal/run-event.ts';
import type { StackOnItsWayBack } from './plan-rollback.ts';
import type { RunState } from './run-state.ts';

/** How a piece of work ended, as the journal keeps it. */
export type WorkEnd = Omit<ActionEnded, 'type' | 'node'>;

/** How the rollback of a stack ended, as the journal keeps it. */
export type WayBackEnd = Pick<StackRollbackEnded, 'outcome' | 'detail'>;

/** The work behind one node. */
export type Work =
  | { readonly type: 'task'; readonly retry: Retry; run(signal: AbortSignal): Promise<WorkEnd> }
  | { readonly type: 'question'; readonly question: Question };

export interface Course {
  /** What is known before there is an assembly: sources and build. */
  readonly beginning: Plan;
  /** The whole plan, where it is known already. */
  readonly whole?: Plan;
  /** Makes the whole plan, once everything of the beginning has succeeded. */
  planWhole(): Promise<{ readonly plan: Plan; readonly digest: string; readonly seal?: string }>;
  /** Must not have effects: nothing of it is in the journal yet. */
  workOf(plan: Plan, node: PlanNode, state: RunState): Promise<Work>;
  /** Takes a stack back to what it was before the run; rejects only where it is ended by force or the world fails. */
  rollBack(plan: Plan, stack: StackOnItsWayBack, signal: AbortSignal): Promise<WayBackEnd>;
}
