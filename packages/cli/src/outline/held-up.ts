/** Finds what actions wait for only because of where they stand. */
import { type LaidStage, precursorsIn } from '@cdkpipe/core';

/**
 * For each action, the ones directly before it in its stage that it does not come after: a rank begins when all of the
 * one before has succeeded. Actions that are held up by nothing are left out, and so is what the backend adds: no author
 * could move that.
 *
 * @param after for each action, the IDs of what it comes after
 */
export function findHeldUp(
  after: ReadonlyMap<string, readonly string[]>,
  stages: readonly LaidStage[],
): ReadonlyMap<string, readonly string[]> {
  const precursors = precursorsIn([...after].map(([id, earlier]) => ({ id, after: earlier })));
  return new Map(
    stages.flatMap((stage) => {
      const ranks = ranksOf(stage);
      return stage.ranks.flatMap((rank, index) =>
        rank.flatMap((id) => {
          const waited = precursors(id);
          const holders = (ranks[index - 1] ?? []).filter((other) => !waited.has(other));
          return holders.length > 0 ? [[id, holders] as const] : [];
        }),
      );
    }),
  );
}

/** With what the backend adds. */
function ranksOf({ ranks, additions = [] }: LaidStage): string[][] {
  return ranks.map((rank, index) => [...rank, ...additions.flatMap((each) => (each.rank === index ? [each.id] : []))]);
}
