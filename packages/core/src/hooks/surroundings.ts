/** What a tap can change without returning anything, looked at before and after each of them. */
import type { Problem } from '../errors/problem.ts';
import type { Change } from './describe-changes.ts';

export interface Surroundings {
  /**
   * Compares the surroundings with those of the last look. `describe` says whether the changes are wanted; the problems
   * are found in any case.
   */
  look(describe: boolean): Promise<Looked>;
}

export interface Looked {
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

// Beside the event, as a tap must not see it.
const known = new WeakMap<object, Surroundings>();

export function inSurroundings<Event extends object>(event: Event, surroundings: Surroundings): Event {
  known.set(event, surroundings);
  return event;
}

export function surroundingsOf(event: unknown): Surroundings | undefined {
  return typeof event === 'object' && event !== null ? known.get(event) : undefined;
}
