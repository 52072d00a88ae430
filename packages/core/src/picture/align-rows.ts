/** Finds the x of every item: near what it is joined to, in the order of its row, with the distances that it needs. */
import type { Item } from './order-rows.ts';
import { spacing } from './spacing.ts';

/** Down, up, down, and up again; the last decides, so that what waits for several stands in their middle. */
const passes = 4;

/** The centre of each item; the leftmost item begins at 0. */
export function alignRows(rows: readonly (readonly Item[])[]): ReadonlyMap<Item, number> {
  const centres = new Map<Item, number>();
  for (const row of rows) {
    let x = 0;
    for (const item of row) {
      centres.set(item, x + item.width / 2);
      x += item.width + spacing.column;
    }
  }
  for (let pass = 0; pass <= passes; pass += 1) {
    const down = pass % 2 === 0;
    for (const row of down ? rows : rows.toReversed())
      placeRow(row, centres, down ? ({ above }) => above : ({ below }) => below);
  }
  // No spread: a block may have more places than a call may have arguments.
  let left = Number.POSITIVE_INFINITY;
  for (const [{ width }, centre] of centres) left = Math.min(left, centre - width / 2);
  return new Map([...centres].map(([item, centre]) => [item, Math.round(centre - left)]));
}

function placeRow(row: readonly Item[], centres: Map<Item, number>, joined: (item: Item) => readonly Item[]): void {
  const wanted = row.map((item) => {
    const others = joined(item);
    if (others.length === 0) return centres.get(item) ?? 0;
    return others.reduce((sum, other) => sum + (centres.get(other) ?? 0), 0) / others.length;
  });
  const offsets = offsetsOf(row);
  const places = nearestAscending(wanted.map((want, index) => want - (offsets[index] ?? 0)));
  row.forEach((item, index) => {
    centres.set(item, (places[index] ?? 0) + (offsets[index] ?? 0));
  });
}

/** How far the centre of each item is, at least, from that of the first. */
function offsetsOf(row: readonly Item[]): number[] {
  let offset = 0;
  return row.map(({ width }, index) => {
    const previous = row[index - 1];
    if (previous !== undefined) offset += (previous.width + width) / 2 + spacing.column;
    return offset;
  });
}

/** The ascending numbers with the least squared distance from those given: pool adjacent violators. */
function nearestAscending(wanted: readonly number[]): number[] {
  const pools: { mean: number; size: number }[] = [];
  for (const want of wanted) {
    let pool = { mean: want, size: 1 };
    for (let last = pools.at(-1); last !== undefined && last.mean > pool.mean; last = pools.at(-1)) {
      pools.pop();
      const size = last.size + pool.size;
      pool = { mean: (last.mean * last.size + pool.mean * pool.size) / size, size };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ mean, size }) => Array.from({ length: size }, () => mean));
}
