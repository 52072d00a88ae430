/** Edges that pass many rows: they leave the rows and run down at their right, one line for each node they come from. */
import type { PlacedEdge, PlacedNode, Point } from './picture.ts';
import type { Row } from './row.ts';
import { spacing } from './spacing.ts';

/** How far below a row a line leaves it, and how far above a row it comes back. */
export const turn = { below: Math.round(spacing.row / 4), above: Math.round(spacing.row / 3) } as const;

/**
 * @param left where the first line may run
 * @returns the edges, and the x of what is free at the right of all lines
 */
export function edgesBeside(
  edges: readonly { readonly from: string; readonly to: string }[],
  nodes: ReadonlyMap<string, PlacedNode>,
  rowOf: ReadonlyMap<string, Row>,
  left: number,
): { edges: PlacedEdge[]; right: number } {
  const spans = new Map<string, { start: number; end: number }>();
  for (const { from, to } of edges) {
    const [start, end] = [rowOf.get(from)?.bottom ?? 0, rowOf.get(to)?.top ?? 0];
    spans.set(from, { start, end: Math.max(end, spans.get(from)?.end ?? 0) });
  }
  /** Where the last line of each column ends; a column holds lines that do not overlap. */
  const ends: number[] = [];
  const columns = new Map<string, number>();
  for (const [from, { start, end }] of [...spans].toSorted(([, a], [, b]) => a.start - b.start)) {
    const free = ends.findIndex((each) => each <= start);
    const column = free < 0 ? ends.length : free;
    ends[column] = end;
    columns.set(from, column);
  }
  const placed = edges.map(({ from, to }): PlacedEdge => {
    const [source, target] = [nodes.get(from), nodes.get(to)];
    const x = left + (columns.get(from) ?? 0) * spacing.line;
    const points: Point[] = source && target ? way(source, (rowOf.get(from)?.bottom ?? 0) + turn.below, x, target) : [];
    return { from: { node: from }, to: { node: to }, points };
  });
  return { edges: placed, right: ends.length === 0 ? left - spacing.line : left + ends.length * spacing.line };
}

function way(source: PlacedNode, below: number, x: number, target: PlacedNode): Point[] {
  const [start, end] = [source.x + Math.round(source.width / 2), target.x + Math.round(target.width / 2)];
  return [
    { x: start, y: source.y + source.height },
    { x: start, y: below },
    { x, y: below },
    { x, y: target.y - turn.above },
    { x: end, y: target.y - turn.above },
    { x: end, y: target.y },
  ];
}
