/** Counts the edges between two rows that cross, with a Fenwick tree, as a row may have hundreds. */

/**
 * @param ends for each item of the upper row, from left to right, the places in the lower row that it is joined to
 * @param size length of the lower row
 */
export function countCrossings(ends: readonly (readonly number[])[], size: number): number {
  const tree = new Uint32Array(size + 1);
  let seen = 0;
  let crossings = 0;
  for (const places of ends) {
    // Edges of one item do not cross each other: they are counted first and added then.
    for (const place of places) crossings += seen - upTo(tree, place + 1);
    for (const place of places) {
      for (let at = place + 1; at <= size; at += at & -at) tree[at] = (tree[at] ?? 0) + 1;
      seen += 1;
    }
  }
  return crossings;
}

function upTo(tree: Uint32Array, end: number): number {
  let sum = 0;
  for (let at = end; at > 0; at -= at & -at) sum += tree[at] ?? 0;
  return sum;
}
