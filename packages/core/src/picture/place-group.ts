/** Places one group: its lanes and nodes on shelves, each below what it waits for, and the edges between them. */
import { type Block, levelBlocks } from './blocks.ts';
import { type LiftedEdge, liftEdges } from './lift-edges.ts';
import type { GraphNode, PlacedEdge, PlacedGroup } from './picture.ts';
import { type PlacedBlock, placeBlock } from './place-block.ts';
import { keyOf, type Lines, routeEdge, type Standing } from './route-edge.ts';
import { spacing } from './spacing.ts';

/** @param sorted the nodes of the group in topological order. The group's corner is at 0, 0 */
export function placeGroup(name: string, sorted: readonly GraphNode[], maxWidth: number): PlacedGroup {
  const { side, top, bottom, minWidth } = spacing.group;
  const levels = levelBlocks(sorted);
  const edges = liftEdges(levels.flat());
  const lanes = countLines(edges);
  const room = maxWidth - 2 * side;
  const shelves = levels.flatMap((level) =>
    splitLevel(
      level.map((block) =>
        placeBlock(block, room, {
          left: lanes.entering.get(block)?.length ?? 0,
          right: lanes.leaving.get(block)?.length ?? 0,
        }),
      ),
      room,
    ),
  );
  const shelfOf = new Map(shelves.flatMap((shelf, index) => shelf.map(({ block }) => [block, index] as const)));
  const gaps = linesInGaps(edges, shelfOf);
  const margin = gaps.margin.length * spacing.line;
  const widths = shelves.map((shelf) => widthOf(shelf));
  const width = Math.max(minWidth, 2 * side + margin + Math.max(...widths));
  const standings = new Map<Block, Standing>();
  const bottoms: number[] = [];
  let y: number = top;
  shelves.forEach((shelf, index) => {
    let x = side + margin + Math.round((width - 2 * side - margin - (widths[index] ?? 0)) / 2);
    for (const placed of shelf) {
      standings.set(placed.block, { placed, x, y, shelf: index });
      x += placed.width + spacing.beside;
    }
    y += Math.max(...shelf.map(({ height }) => height));
    bottoms.push(y);
    y += spacing.shelf + (gaps.inGap.get(index)?.length ?? 0) * spacing.line;
  });
  const lines: Lines = {
    inGap: (shelf, source) =>
      (bottoms[shelf] ?? 0) + spacing.shelf / 2 + (gaps.inGap.get(shelf)?.indexOf(source) ?? 0) * spacing.line,
    inMargin: (source) => side + gaps.margin.indexOf(source) * spacing.line,
    entering: ({ placed }, source) => lanes.entering.get(placed.block)?.indexOf(source) ?? 0,
    leaving: ({ placed }, source) => lanes.leaving.get(placed.block)?.indexOf(source) ?? 0,
  };
  const between = edges.flatMap((edge): PlacedEdge[] => {
    const [source, target] = [standings.get(edge.source), standings.get(edge.target)];
    return source && target ? [{ from: edge.from, to: edge.to, points: routeEdge(edge, source, target, lines) }] : [];
  });
  const all = [...standings.values()];
  return {
    name,
    x: 0,
    y: 0,
    width,
    height: (bottoms.at(-1) ?? top) + bottom,
    lanes: all.flatMap(({ placed, x, y }) =>
      placed.block.lane === undefined
        ? []
        : [{ name: placed.block.lane, x, y, width: placed.width, height: placed.height }],
    ),
    nodes: all.flatMap(({ placed, x, y }) => placed.nodes.map((node) => ({ ...node, x: node.x + x, y: node.y + y }))),
    edges: [...all.flatMap((standing) => edgesInside(standing)), ...between],
  };
}

function edgesInside({ placed, x, y }: Standing): PlacedEdge[] {
  return placed.edges.map((edge) => ({
    ...edge,
    points: edge.points.map((point) => ({ x: point.x + x, y: point.y + y })),
  }));
}

function splitLevel(level: readonly PlacedBlock[], room: number): PlacedBlock[][] {
  const shelves: PlacedBlock[][] = [];
  for (const placed of level) {
    const last = shelves.at(-1);
    if (last !== undefined && widthOf([...last, placed]) <= room) last.push(placed);
    else shelves.push([placed]);
  }
  return shelves;
}

function widthOf(shelf: readonly PlacedBlock[]): number {
  return shelf.reduce((sum, { width }) => sum + width, 0) + (shelf.length - 1) * spacing.beside;
}

/** The sources of lines beside the rows of each block; what goes to or from a whole lane needs none. */
function countLines(edges: readonly LiftedEdge[]): {
  entering: ReadonlyMap<Block, readonly string[]>;
  leaving: ReadonlyMap<Block, readonly string[]>;
} {
  const [entering, leaving] = [new Map<Block, string[]>(), new Map<Block, string[]>()];
  for (const { from, to, source, target } of edges) {
    if (target.lane !== undefined && 'node' in to) add(entering, target, keyOf(from));
    if (source.lane !== undefined && 'node' in from) add(leaving, source, keyOf(from));
  }
  return { entering, leaving };
}

/** The sources of lines below each shelf, and at the left of all shelves. */
function linesInGaps(
  edges: readonly LiftedEdge[],
  shelfOf: ReadonlyMap<Block, number>,
): { inGap: ReadonlyMap<number, readonly string[]>; margin: readonly string[] } {
  const inGap = new Map<number, string[]>();
  const margin = new Map<'all', string[]>();
  for (const { from, source, target } of edges) {
    const key = keyOf(from);
    const [first, last] = [shelfOf.get(source) ?? 0, (shelfOf.get(target) ?? 0) - 1];
    add(inGap, first, key);
    if (last <= first) continue;
    add(inGap, last, key);
    add(margin, 'all', key);
  }
  return { inGap, margin: margin.get('all') ?? [] };
}

function add<K>(map: Map<K, string[]>, key: K, text: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [text]);
  else if (!known.includes(text)) known.push(text);
}
