/** Orders the nodes of each row so that few edges cross: barycentres, as Sugiyama, Tagawa and Toda describe it. */
import { countCrossings } from './count-crossings.ts';
import type { GraphNode } from './picture.ts';
import { spacing } from './spacing.ts';

/** A node in its row, or the place where an edge passes the row. */
export interface Item {
  readonly node?: GraphNode;
  readonly width: number;
  /** What it is joined to in the row above, and in the row below. */
  readonly above: Item[];
  readonly below: Item[];
}

/** How often the rows are swept, down and up in turn; more changes little. */
const sweeps = 8;

/** An edge inside of the block, from its first item to its last. */
export interface Chain {
  readonly from: string;
  readonly to: string;
  readonly items: readonly [Item, ...Item[], Item];
}

/** More rows than this an edge does not pass between nodes, but beside the rows. */
const mostPassed = 6;

export function orderRows(ranks: readonly (readonly GraphNode[])[]): { rows: Item[][]; chains: Chain[] } {
  const { rows, chains } = itemsOf(ranks);
  let best = rows;
  let fewest = crossingsOf(rows);
  let current = rows;
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    current = sweep % 2 === 0 ? sweepDown(current) : sweepUp(current);
    const crossings = crossingsOf(current);
    if (crossings < fewest) [best, fewest] = [current, crossings];
  }
  return { rows: best, chains };
}

function itemsOf(ranks: readonly (readonly GraphNode[])[]): { rows: Item[][]; chains: Chain[] } {
  const rows = ranks.map((rank) => rank.map((node): Item => ({ node, width: node.width, above: [], below: [] })));
  const places = new Map(
    rows.flatMap((row, rank) => row.flatMap((item) => (item.node ? [[item.node.id, { item, rank }] as const] : []))),
  );
  const chains: Chain[] = [];
  for (const { item, rank } of places.values())
    for (const id of item.node?.after ?? []) {
      const start = places.get(id);
      if (start === undefined) continue;
      const passed = rank - start.rank - 1;
      const to = item.node?.id ?? '';
      if (passed > mostPassed) {
        chains.push({ from: id, to, items: [start.item, item] });
        continue;
      }
      const passing = Array.from({ length: passed }, (_, index) => {
        const each: Item = { width: spacing.passing, above: [], below: [] };
        rows[start.rank + 1 + index]?.push(each);
        return each;
      });
      const items: [Item, ...Item[], Item] = [start.item, ...passing, item];
      items.slice(1).forEach((each, index) => {
        items[index]?.below.push(each);
        each.above.push(items[index] ?? each);
      });
      chains.push({ from: id, to, items });
    }
  return { rows, chains };
}

function sweepDown(rows: readonly Item[][]): Item[][] {
  const swept: Item[][] = [];
  for (const row of rows) swept.push(sortRow(row, swept.at(-1), ({ above }) => above));
  return swept;
}

function sweepUp(rows: readonly Item[][]): Item[][] {
  const swept: Item[][] = [];
  for (const row of rows.toReversed()) swept.push(sortRow(row, swept.at(-1), ({ below }) => below));
  return swept.reverse();
}

function sortRow(row: Item[], beside: readonly Item[] | undefined, joined: (item: Item) => readonly Item[]): Item[] {
  if (beside === undefined) return row;
  const place = new Map(beside.map((item, index) => [item, index]));
  const centre = new Map(
    row.map((item, index) => {
      const others = joined(item);
      const sum = others.reduce((all, other) => all + (place.get(other) ?? 0), 0);
      return [item, others.length === 0 ? index : sum / others.length];
    }),
  );
  return row.toSorted((a, b) => (centre.get(a) ?? 0) - (centre.get(b) ?? 0));
}

function crossingsOf(rows: readonly Item[][]): number {
  return rows.slice(1).reduce((sum, row, index) => {
    const place = new Map(row.map((item, at) => [item, at]));
    const above = rows[index] ?? [];
    return (
      sum +
      countCrossings(
        above.map(({ below }) => below.map((item) => place.get(item) ?? 0)),
        row.length,
      )
    );
  }, 0);
}
