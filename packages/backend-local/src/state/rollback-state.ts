/** What is known of the rollbacks of a run, folded from its records. Pure. */
import type {
  RollbackEnded,
  RollbackStarted,
  StackRollbackEnded,
  StackRollbackStarted,
  WayBackOutcome,
} from '../journal/run-event.ts';

/** How one stack goes back. */
export interface StackRollback {
  /** `deployment/stack`. */
  readonly stack: string;
  readonly attempt: number;
  /** When it was begun first; empty where it was left. */
  readonly since: string;
  readonly outcome?: WayBackOutcome;
  readonly detail?: string;
  readonly ended?: string;
}

export interface RollbackState extends Omit<RollbackStarted, 'type'> {
  readonly at: string;
  /** What was begun or left of `stacks`, in that order. */
  readonly begun: readonly StackRollback[];
  readonly ended?: { readonly outcome: RollbackEnded['outcome']; readonly at: string };
}

type RollbackEvent = RollbackStarted | StackRollbackStarted | StackRollbackEnded | RollbackEnded;

export function foldRollback(before: readonly RollbackState[], at: string, event: RollbackEvent): RollbackState[] {
  if (event.type === 'rollbackStarted') {
    const { type, ...started } = event;
    return [...before, { ...started, at, begun: [] }];
  }
  const last = before.at(-1);
  return last ? [...before.slice(0, -1), { ...last, ...changeOf(last, at, event) }] : [];
}

function changeOf(
  { begun }: RollbackState,
  at: string,
  event: Exclude<RollbackEvent, RollbackStarted>,
): Partial<RollbackState> {
  if (event.type === 'rollbackEnded') return { ended: { outcome: event.outcome, at } };
  const { stack } = event;
  const known = begun.find((each) => each.stack === stack);
  const changed: StackRollback =
    event.type === 'stackRollbackStarted'
      ? { stack, attempt: event.attempt, since: known?.since ?? at }
      : { stack, attempt: known?.attempt ?? 0, since: known?.since ?? '', ended: at, ...resultOf(event) };
  return { begun: known ? begun.map((each) => (each === known ? changed : each)) : [...begun, changed] };
}

function resultOf({ outcome, detail }: StackRollbackEnded): Pick<StackRollback, 'outcome' | 'detail'> {
  return { outcome, detail };
}

/** The rollback that has begun and not ended, as the process that worked on it is gone or at work. */
export function findOpenRollback(rollbacks: readonly RollbackState[]): RollbackState | undefined {
  return rollbacks.find(({ ended }) => ended === undefined);
}

/** Whether a stack stands as before the run. */
export function isBack(outcome: WayBackOutcome | undefined): boolean {
  return outcome === 'restored' || outcome === 'unchanged';
}

/** Stacks that no rollback need try again: they are back, or were created and stay. */
export function settledStacks(rollbacks: readonly RollbackState[]): Set<string> {
  const tried = rollbacks.flatMap(({ begun }) => begun);
  return new Set(tried.filter(({ outcome }) => isBack(outcome) || outcome === 'kept').map(({ stack }) => stack));
}

/** `rolled back Beta`, or what of it is not as it was before. */
export function sayRollback({ deployments, begun, ended }: RollbackState): string {
  const names = deployments.join(', ');
  if (!ended) return `the rollback of ${names} was not finished`;
  if (ended.outcome === 'complete') return `rolled back ${names}`;
  const open = begun.filter(({ outcome }) => !isBack(outcome)).map(({ stack, outcome }) => `${stack} ${outcome}`);
  return `the rollback of ${names} is incomplete: ${open.join(', ')}`;
}
