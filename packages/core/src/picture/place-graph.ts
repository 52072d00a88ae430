/** Nodes that wait for each other → a picture of them. Pure: the same graph gives the same picture, on every machine. */
import type { GraphNode, Picture, PictureOptions, PlacedGroup, Point } from './picture.ts';
import { placeGroup } from './place-group.ts';
import { sortNodes, withoutImplied } from './sort-nodes.ts';
import { spacing } from './spacing.ts';

/**
 * Groups stand below each other, in the order in which they appear. In a group every node stands below all that it waits
 * for; the nodes of a lane are together.
 *
 * @param nodes IDs are unique; of two nodes with one ID the last counts
 */
export function placeGraph(nodes: readonly GraphNode[], { maxWidth = 980 }: PictureOptions = {}): Picture {
  const placed = [...groupNodes(nodes)].map(([name, members]) =>
    placeGroup(name, withoutImplied(sortNodes(members)), maxWidth),
  );
  const width = Math.max(0, ...placed.map((group) => group.width));
  let y = 0;
  const stacked = placed.map((group) => {
    const moved = move(group, Math.round((width - group.width) / 2), y);
    y += group.height + spacing.groups;
    return moved;
  });
  return { width, height: Math.max(0, y - spacing.groups), groups: stacked };
}

function groupNodes(nodes: readonly GraphNode[]): ReadonlyMap<string, readonly GraphNode[]> {
  const groups = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const members = groups.get(node.group);
    if (members === undefined) groups.set(node.group, [node]);
    else members.push(node);
  }
  return groups;
}

function move(group: PlacedGroup, x: number, y: number): PlacedGroup {
  const moved = <P extends Point>(point: P): P => ({ ...point, x: point.x + x, y: point.y + y });
  return {
    ...moved(group),
    lanes: group.lanes.map(moved),
    nodes: group.nodes.map(moved),
    edges: group.edges.map((edge) => ({ ...edge, points: edge.points.map(moved) })),
  };
}
