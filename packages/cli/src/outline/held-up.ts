/** Finds what actions wait for only because of where they stand. */
import type { LaidStage, PlanNode } from '@cdkpipe/core';

/**
 * For each action, the ones directly before it in its stage that it does not come after: a rank begins when all of the
 * one before has succeeded. Actions that are held up by nothing are left out.
 */
export function findHeldUp(
  nodes: readonly Pick<PlanNode, 'id' | 'after'>[],
  stages: readonly LaidStage[],
): ReadonlyMap<string, readonly string[]> {
  const after = new Map(nodes.map((node) => [node.id, node.after]));
  return new Map(
    stages.flatMap(({ ranks }) =>
      ranks.flatMap((rank, index) =>
        rank.flatMap((id) => {
          const waited = ancestorsOf(id, after);
          const holders = (ranks[index - 1] ?? []).filter((other) => !waited.has(other));
          return holders.length > 0 ? [[id, holders] as const] : [];
        }),
      ),
    ),
  );
}

function ancestorsOf(id: string, after: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const open = [...(after.get(id) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(after.get(next) ?? []));
  }
  return found;
}
