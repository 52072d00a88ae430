/** The way of an edge from block to block: only through the gaps between shelves and the gutters beside rows, never over a node. */
import { turn } from './edges-beside.ts';
import type { LiftedEdge } from './lift-edges.ts';
import type { EdgeEnd, Point } from './picture.ts';
import type { PlacedBlock } from './place-block.ts';
import { spacing } from './spacing.ts';

/** A block with its place in the group. */
export interface Standing extends Point {
  readonly placed: PlacedBlock;
  readonly shelf: number;
}

/** Where lines run; each source has its own, so that lines of several do not become one. */
export interface Lines {
  /** Of a source in the gap below a shelf. */
  readonly inGap: (shelf: number, source: string) => number;
  /** Of a source at the left of all shelves. */
  readonly inMargin: (source: string) => number;
  /** Places among the lines that enter a block, and leave it, beside its rows. */
  readonly entering: (standing: Standing, source: string) => number;
  readonly leaving: (standing: Standing, source: string) => number;
}

export function keyOf(end: EdgeEnd): string {
  return 'lane' in end ? `lane ${end.lane}` : `node ${end.node}`;
}

export function routeEdge({ from, to }: LiftedEdge, source: Standing, target: Standing, lines: Lines): Point[] {
  const key = keyOf(from);
  const way = leave(from, source, lines);
  const x = way.at(-1)?.x ?? 0;
  const gap = lines.inGap(source.shelf, key);
  way.push({ x, y: gap });
  let entry = gap;
  if (target.shelf - 1 > source.shelf) {
    const margin = lines.inMargin(key);
    entry = lines.inGap(target.shelf - 1, key);
    way.push({ x: margin, y: gap }, { x: margin, y: entry });
  }
  const arrival = enter(to, target, lines, key);
  way.push({ x: arrival[0]?.x ?? 0, y: entry }, ...arrival);
  return straightened(way);
}

function leave(end: EdgeEnd, standing: Standing, lines: Lines): Point[] {
  const { placed, x, y } = standing;
  const bottom = y + placed.height;
  const node = 'node' in end ? placed.nodes.find(({ id }) => id === end.node) : undefined;
  if (node === undefined) return [{ x: x + Math.round(placed.width / 2), y: bottom }];
  const start = { x: x + node.x + Math.round(node.width / 2), y: y + node.y + node.height };
  const row = placed.rowOf.get(node.id);
  const lowest = Math.max(...[...placed.rowOf.values()].map((each) => each.bottom));
  if (row === undefined || row.bottom === lowest) return [start];
  const below = y + row.bottom + turn.below;
  const gutter = x + placed.width - spacing.line - lines.leaving(standing, keyOf(end)) * spacing.line;
  return [start, { x: start.x, y: below }, { x: gutter, y: below }];
}

function enter(end: EdgeEnd, standing: Standing, lines: Lines, source: string): Point[] {
  const { placed, x, y } = standing;
  const node = 'node' in end ? placed.nodes.find(({ id }) => id === end.node) : undefined;
  if (node === undefined) return [{ x: x + Math.round(placed.width / 2), y }];
  const goal = { x: x + node.x + Math.round(node.width / 2), y: y + node.y };
  if (placed.block.lane === undefined) return [goal];
  const above = goal.y - turn.above;
  const gutter = x + spacing.line + lines.entering(standing, source) * spacing.line;
  return [{ x: gutter, y: above }, { x: goal.x, y: above }, goal];
}

/** Without points that repeat, or lie on the line between their neighbours. */
function straightened(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const [last, previous] = [kept.at(-1), kept.at(-2)];
    if (last?.x === point.x && last.y === point.y) continue;
    const isBetween =
      last &&
      previous &&
      ((previous.x === last.x && last.x === point.x) || (previous.y === last.y && last.y === point.y));
    if (isBetween) kept.pop();
    kept.push(point);
  }
  return kept;
}
