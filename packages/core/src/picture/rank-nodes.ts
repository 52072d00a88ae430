/** Puts the nodes of one block into rows, as high as what they wait for and the width of the picture allow. */
import type { GraphNode } from './picture.ts';

/** @param most how many nodes may stand in a row; those with the longest way behind them come first */
export function rankNodes(nodes: readonly GraphNode[], most: number): GraphNode[][] {
  const depth = depthsOf(nodes);
  const inside = new Set(nodes.map(({ id }) => id));
  const order = new Map(nodes.map((node, index) => [node, index]));
  let waiting = [...nodes];
  const placed = new Set<string>();
  const rows: GraphNode[][] = [];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ after }) => after.every((id) => !inside.has(id) || placed.has(id)));
    const row = ready.toSorted((a, b) => (depth.get(b.id) ?? 0) - (depth.get(a.id) ?? 0)).slice(0, most);
    for (const { id } of row) placed.add(id);
    waiting = waiting.filter(({ id }) => !placed.has(id));
    rows.push(row.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)));
  }
  return rows;
}

/** How many nodes follow each other behind a node. The nodes of a block may come in any order, so it takes several passes. */
function depthsOf(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const depth = new Map(nodes.map(({ id }) => [id, 0]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { id, after } of nodes.toReversed())
      for (const earlier of after) {
        const found = (depth.get(id) ?? 0) + 1;
        if (found > (depth.get(earlier) ?? found)) {
          depth.set(earlier, found);
          changed = true;
        }
      }
  }
  return depth;
}
