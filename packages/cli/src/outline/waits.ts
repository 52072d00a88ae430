/** Finds what an action waits for where its place in the tree does not say it. */
import type { OutlinedAction } from './outline.ts';

/**
 * Everyone expects an action to wait for its wave's assets and gates, for what was done to its own stack, and for
 * all that stands one run order before it in its deployment. Where it waits for only some of the latter, the answer
 * is the IDs of those; it is empty where there is nothing to say.
 */
export function waitsOf(action: OutlinedAction, stage: readonly OutlinedAction[]): string[] {
  const others = stage.filter((other) => other.deployment === action.deployment && !isOfSameStack(action, other));
  const waited = new Set(action.after);
  const surprising = others.some(({ id, runOrder }) => runOrder === action.runOrder - 1 && !waited.has(id));
  return surprising ? others.filter(({ id }) => waited.has(id)).map(({ id }) => id) : [];
}

function isOfSameStack(action: OutlinedAction, other: OutlinedAction): boolean {
  const own = stacksOf(action);
  const theirs = stacksOf(other);
  return theirs.length > 0 && theirs.every((stack) => own.includes(stack));
}

function stacksOf({ stack, stacks }: OutlinedAction): readonly string[] {
  return stacks ?? (stack === undefined ? [] : [stack]);
}
