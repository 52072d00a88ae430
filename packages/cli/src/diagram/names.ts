/** Names for the nodes of a text format: `n1`, `n2`, … in the order of the diagram. */
import type { DiagramNode } from './diagram.ts';

export function namesOf(nodes: readonly DiagramNode[]): ReadonlyMap<string, string> {
  return new Map(nodes.map(({ id }, index) => [id, `n${index + 1}`]));
}
