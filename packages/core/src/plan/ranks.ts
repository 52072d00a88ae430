/** Ranks: the earliest place at which each node of one group can start. */
import { unreachable } from '../errors/cdkpipe-error.ts';
import type { PlanNode } from './node.ts';

/**
 * Splits the nodes of one group into ranks: every node stands behind all nodes it comes after, and as early as
 * that allows. Nodes of one rank may run at the same time; the order inside a rank is that of `nodes`.
 *
 * Edges to nodes outside of `nodes` do not count. `nodes` must be free of cycles.
 */
export function rankNodes<N extends Pick<PlanNode, 'id' | 'after'>>(nodes: readonly N[]): N[][] {
  const waiting = new Map(nodes.map((node) => [node.id, node]));
  const ranks: N[][] = [];
  while (waiting.size > 0) {
    const rank = [...waiting.values()].filter((node) => node.after.every((id) => !waiting.has(id)));
    if (rank.length === 0) unreachable(`a cycle among ${[...waiting.keys()].join(', ')}`);
    for (const node of rank) waiting.delete(node.id);
    ranks.push(rank);
  }
  return ranks;
}
