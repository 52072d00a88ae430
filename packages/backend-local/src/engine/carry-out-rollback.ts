/** Carries a rollback on until it ends or is stopped: what has finished is not done again, what was cut in the middle is. */

import type { Person, RollbackStarted, RunEvent } from '../journal/run-event.ts';
import type { WayBackEnd } from '../state/course.ts';
import type { StackOnItsWayBack } from '../state/plan-rollback.ts';
import { findOpenRollback, isBack } from '../state/rollback-state.ts';
import type { RunState } from '../state/run-state.ts';

export interface RollbackInput {
  /** In the order in which they go back. */
  readonly stacks: readonly StackOnItsWayBack[];
  readonly wanted: Pick<RollbackStarted, 'trigger' | 'deployments' | 'reason'>;
  readonly by: Person;
  /** How many stacks may go back at the same time. */
  readonly concurrency: number;
  state(): RunState;
  append(event: RunEvent): void;
  /** Takes one stack back; a rejection is a failure. */
  rollBack(stack: StackOnItsWayBack): Promise<WayBackEnd>;
  /** Aborted: nothing more is begun, what goes on may end. */
  readonly stop: AbortSignal;
  /** Aborted: what goes on is ended by force, and its end is not known. */
  readonly force: AbortSignal;
}

/** @returns whether it has ended; it has not where it was stopped */
export async function carryOutRollback(input: RollbackInput): Promise<boolean> {
  const { stacks, concurrency, stop, state } = input;
  if (stop.aborted) return false;
  begin(input);
  const live = new Map<string, Promise<void>>();
  for (;;) {
    leaveNeeded(input);
    const ready = stacks.filter(
      ({ id, behind }) => !live.has(id) && !isOver(state(), id) && behind.every(letsGo(state())),
    );
    for (const stack of stop.aborted ? [] : ready.slice(0, Math.max(0, concurrency - live.size))) {
      const done = goBack(input, stack).finally(() => live.delete(stack.id));
      // Whoever waits for it learns of it; until then nobody has failed to.
      done.catch(() => {});
      live.set(stack.id, done);
    }
    if (live.size === 0) break;
    await Promise.race(live.values());
  }
  if (stacks.some(({ id }) => !isOver(state(), id))) return false;
  const outcomes = findOpenRollback(state().rollbacks)?.begun.map(({ outcome }) => outcome) ?? [];
  input.append({ type: 'rollbackEnded', outcome: outcomes.every(isBack) ? 'complete' : 'incomplete' });
  return true;
}

function begin({ stacks, wanted, by, state, append }: RollbackInput): void {
  if (findOpenRollback(state().rollbacks)) return;
  append({ type: 'rollbackStarted', ...wanted, stacks: stacks.map(({ id }) => id), by });
}

async function goBack({ append, state, rollBack, force }: RollbackInput, stack: StackOnItsWayBack): Promise<void> {
  const attempt = (find(state(), stack.id)?.attempt ?? 0) + 1;
  append({ type: 'stackRollbackStarted', stack: stack.id, attempt });
  const end = await rollBack(stack);
  if (!force.aborted) append({ type: 'stackRollbackEnded', stack: stack.id, ...end });
}

/** A stack stays as it is where one that may need it is not back. */
function leaveNeeded({ stacks, state, append }: RollbackInput): void {
  for (const { id, behind } of stacks) {
    if (isOver(state(), id)) continue;
    const inTheWay = behind.find((other) => ['failed', 'left'].includes(find(state(), other)?.outcome ?? ''));
    if (inTheWay === undefined) continue;
    const detail = `${inTheWay} was deployed behind it and is not back`;
    append({ type: 'stackRollbackEnded', stack: id, outcome: 'left', detail });
  }
}

function letsGo(state: RunState): (id: string) => boolean {
  return (id) => {
    const outcome = find(state, id)?.outcome;
    return isBack(outcome) || outcome === 'kept';
  };
}

function isOver(state: RunState, id: string): boolean {
  return find(state, id)?.outcome !== undefined;
}

function find(state: RunState, id: string) {
  return findOpenRollback(state.rollbacks)?.begun.find(({ stack }) => stack === id);
}
