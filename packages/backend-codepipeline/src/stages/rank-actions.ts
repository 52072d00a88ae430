/** Ranks the actions of one stage: as few run orders as there can be, and what waits long in as few of them as can be. */
import { rankNodes } from '@cdkpipe/core';
import { type LayoutNode, successorsOf } from './layout-node.ts';

type RankedNode = Pick<LayoutNode, 'id' | 'after' | 'waits'>;

/**
 * Splits actions into ranks, one for each run order. There are as many as the longest path has actions: fewer cannot
 * be. A run order waits for all of the one before it, so an action that waits for a person or a clock stands beside
 * others that do, or else as late as the longest path allows; everything else stands as early as possible.
 *
 * @param nodes free of cycles; edges to other nodes do not count
 */
export function rankActions<N extends RankedNode>(nodes: readonly N[]): N[][] {
  const early = rankNodes(nodes);
  const late = rankLate(nodes, early);
  return countWaits(late) <= countWaits(early) ? late : early;
}

/** Run orders in which somebody is waited for. */
function countWaits(ranks: readonly (readonly RankedNode[])[]): number {
  return ranks.filter((rank) => rank.some(({ waits }) => waits)).length;
}

function rankLate<N extends RankedNode>(nodes: readonly N[], early: readonly (readonly N[])[]): N[][] {
  const earliest = new Map(early.flatMap((rank, index) => rank.map(({ id }) => [id, index] as const)));
  const latest = latestRanks(early);
  const latestOf = ({ id }: N) => latest.get(id) ?? 0;
  /** Ranks that somebody is waited for in anyway. */
  const waiting = new Set(nodes.filter((node) => node.waits && earliest.get(node.id) === latestOf(node)).map(latestOf));
  const lastWork = Math.max(0, ...nodes.filter(({ waits }) => !waits).map(({ id }) => earliest.get(id) ?? 0));
  const settled = new Map<string, number>();
  // In this order every node stands behind those it comes after.
  for (const node of nodes.toSorted((one, other) => latestOf(one) - latestOf(other))) {
    const first = 1 + Math.max(-1, ...node.after.map((id) => settled.get(id) ?? -1));
    const rank = node.waits ? bestRank(waiting, first, latestOf(node), lastWork) : first;
    settled.set(node.id, rank);
    if (node.waits) waiting.add(rank);
  }
  const ranks: N[][] = early.map(() => []);
  for (const node of nodes) ranks[settled.get(node.id) ?? 0]?.push(node);
  return ranks;
}

/** The last rank at which each node does not make the whole longer. */
function latestRanks(early: readonly (readonly RankedNode[])[]): Map<string, number> {
  const inOrder = early.flat();
  const successors = successorsOf(inOrder);
  const latest = new Map<string, number>();
  for (const { id } of inOrder.toReversed()) {
    const next = (successors.get(id) ?? []).map((node) => latest.get(node.id) ?? 0);
    latest.set(id, Math.min(early.length, ...next) - 1);
  }
  return latest;
}

/**
 * Where from `first` to `latest` an action waits at the least cost: in a rank that somebody is waited for in anyway, the
 * first of those behind all other work, where nothing is held up, else the last.
 */
function bestRank(waiting: ReadonlySet<number>, first: number, latest: number, lastWork: number): number {
  const shared = [...waiting].filter((rank) => rank >= first && rank <= latest).sort((one, other) => one - other);
  return shared.find((rank) => rank >= lastWork) ?? shared.at(-1) ?? latest;
}
