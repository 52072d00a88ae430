/** The edges that a picture shows, for formats that place nodes themselves. */
import type { GraphNode } from './picture.ts';
import { sortNodes, withoutImplied } from './sort-nodes.ts';

/** Without those that a longer way in the group says already, and without those between groups. */
export function essentialEdges(
  nodes: readonly Pick<GraphNode, 'id' | 'group' | 'after'>[],
): [from: string, to: string][] {
  return [...new Set(nodes.map(({ group }) => group))].flatMap((group) =>
    withoutImplied(sortNodes(nodes.filter((node) => node.group === group))).flatMap(({ id, after }) =>
      after.map((from): [string, string] => [from, id]),
    ),
  );
}
