/** Stages that came, went, or stand in another order among those that stayed. */
import type { StageChange } from '@cdkpipe/core';

export function compareStages(before: readonly string[], after: readonly string[]): StageChange[] {
  const [stayedBefore, stayedAfter] = [
    before.filter((name) => after.includes(name)),
    after.filter((name) => before.includes(name)),
  ];
  return [
    ...before.filter((name) => !after.includes(name)).map((name) => ({ change: 'removed', name }) as const),
    ...after.filter((name) => !before.includes(name)).map((name) => ({ change: 'added', name }) as const),
    ...stayedAfter
      .filter((name, index) => stayedBefore[index] !== name)
      .map((name) => ({ change: 'moved', name }) as const),
  ];
}
