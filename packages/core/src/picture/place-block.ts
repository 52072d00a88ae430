/** Places the nodes of one block and the edges between them; the block itself gets its place later. */
import { alignRows } from './align-rows.ts';
import type { Block } from './blocks.ts';
import { edgesBeside } from './edges-beside.ts';
import { orderRows } from './order-rows.ts';
import type { PlacedEdge, PlacedNode, Point } from './picture.ts';
import { rankNodes } from './rank-nodes.ts';
import type { Row } from './row.ts';
import { spacing } from './spacing.ts';

export interface PlacedBlock {
  readonly block: Block;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** The row of each node, by its ID. */
  readonly rowOf: ReadonlyMap<string, Row>;
}

/** Lines that run down beside the rows, to and from nodes that stand inside. */
export interface Gutters {
  readonly left: number;
  readonly right: number;
}

export function placeBlock(block: Block, maxWidth: number, gutters: Gutters): PlacedBlock {
  const isFramed = block.lane !== undefined || block.nodes.length > 1;
  const inset = isFramed ? spacing.lane : { side: 0, top: 0, bottom: 0 };
  const [left, right] = [inset.side + gutters.left * spacing.line, inset.side + gutters.right * spacing.line];
  const widest = Math.max(...block.nodes.map(({ width }) => width));
  const most = Math.max(1, Math.floor((maxWidth - left - right + spacing.column) / (widest + spacing.column)));
  const { rows, chains } = orderRows(rankNodes(block.nodes, most));
  const centres = alignRows(rows);
  const nodes: PlacedNode[] = [];
  const rowOf = new Map<string, Row>();
  const extents = new Map<(typeof rows)[number][number], Row>();
  let top: number = inset.top;
  let width = 0;
  for (const row of rows) {
    const bottom = top + Math.max(...row.map(({ node }) => node?.height ?? 0));
    for (const item of row) {
      const centre = left + (centres.get(item) ?? 0);
      width = Math.max(width, centre + item.width / 2);
      extents.set(item, { top, bottom });
      if (item.node === undefined) continue;
      const { id, height } = item.node;
      rowOf.set(id, { top, bottom });
      nodes.push({ id, x: Math.round(centre - item.width / 2), y: top, width: item.width, height });
    }
    top = bottom + spacing.row;
  }
  const between = chains.filter(({ items: [first, ...rest] }) => first.below.includes(rest[0] ?? first));
  const beside = chains.filter((chain) => !between.includes(chain));
  const edges = between.map(({ from, to, items }): PlacedEdge => {
    const points = items.flatMap((item, index): Point[] => {
      const x = left + (centres.get(item) ?? 0);
      const extent = extents.get(item) ?? { top: 0, bottom: 0 };
      const start = { x, y: item.node ? extent.top + item.node.height : extent.bottom };
      if (index === 0) return start.y === extent.bottom ? [start] : [start, { x, y: extent.bottom }];
      return index === items.length - 1
        ? [{ x, y: extent.top }]
        : [
            { x, y: extent.top },
            { x, y: extent.bottom },
          ];
    });
    return { from: { node: from }, to: { node: to }, points };
  });
  const placeOf = new Map(nodes.map((node) => [node.id, node]));
  const besides = edgesBeside(beside, placeOf, rowOf, Math.ceil(width + spacing.line));
  const height = top - spacing.row + inset.bottom;
  return { block, width: besides.right + right, height, nodes, edges: [...edges, ...besides.edges], rowOf };
}
