/** Splits a group into blocks, its lanes and the nodes of no lane, and tells which must stand below which. */
import type { GraphNode } from './picture.ts';

export interface Block {
  /** Absent for a single node of the group itself. */
  readonly lane?: string;
  readonly nodes: readonly GraphNode[];
}

/**
 * Levels of blocks; a block waits only for blocks of higher levels. Lanes that wait for each other become one block.
 *
 * @param sorted the nodes of one group in topological order
 */
export function levelBlocks(sorted: readonly GraphNode[]): Block[][] {
  let blocks = splitBlocks(sorted);
  for (;;) {
    const waits = waitsAmong(blocks);
    const { levels, stuck } = levelsOf(blocks, waits);
    if (stuck.length === 0) return levels;
    blocks = mergeBlocks(blocks, findCycle(stuck, waits));
  }
}

function splitBlocks(sorted: readonly GraphNode[]): Block[] {
  const lanes = new Map<string, GraphNode[]>();
  const blocks: Block[] = [];
  for (const node of sorted) {
    const { lane } = node;
    if (lane === undefined) blocks.push({ nodes: [node] });
    else if (lanes.has(lane)) lanes.get(lane)?.push(node);
    else {
      const nodes = [node];
      lanes.set(lane, nodes);
      blocks.push({ lane, nodes });
    }
  }
  return blocks;
}

type Waits = ReadonlyMap<Block, ReadonlySet<Block>>;

function waitsAmong(blocks: readonly Block[]): Waits {
  const blockOf = new Map(blocks.flatMap((block) => block.nodes.map(({ id }) => [id, block] as const)));
  return new Map(
    blocks.map((block) => {
      const waited = new Set<Block>();
      for (const { after } of block.nodes)
        for (const id of after) {
          const other = blockOf.get(id);
          if (other !== undefined && other !== block) waited.add(other);
        }
      return [block, waited];
    }),
  );
}

interface Levels {
  readonly levels: Block[][];
  /** Blocks that wait for each other, and what waits for those. */
  readonly stuck: readonly Block[];
}

function levelsOf(blocks: readonly Block[], waits: Waits): Levels {
  const open = new Map(blocks.map((block) => [block, waits.get(block)?.size ?? 0]));
  const waiters = new Map<Block, Block[]>(blocks.map((block) => [block, []]));
  for (const [block, waited] of waits) for (const each of waited) waiters.get(each)?.push(block);
  const order = new Map(blocks.map((block, index) => [block, index]));
  const levels: Block[][] = [];
  let level = blocks.filter((block) => open.get(block) === 0);
  while (level.length > 0) {
    levels.push(level);
    for (const block of level) open.delete(block);
    const next = new Set<Block>();
    for (const waiter of level.flatMap((block) => waiters.get(block) ?? [])) {
      const left = (open.get(waiter) ?? 0) - 1;
      open.set(waiter, left);
      if (left === 0) next.add(waiter);
    }
    level = [...next].toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }
  return { levels, stuck: [...open.keys()] };
}

/** Walks back from a block that is stuck until it meets one again. */
function findCycle(stuck: readonly Block[], waits: Waits): ReadonlySet<Block> {
  const among = new Set(stuck);
  const way = new Set<Block>();
  let at = stuck[0];
  while (at !== undefined && !way.has(at)) {
    way.add(at);
    at = [...(waits.get(at) ?? [])].find((block) => among.has(block));
  }
  const blocks = [...way];
  return new Set(at === undefined ? blocks : blocks.slice(blocks.indexOf(at)));
}

function mergeBlocks(blocks: readonly Block[], merged: ReadonlySet<Block>): Block[] {
  const first = blocks.findIndex((block) => merged.has(block));
  const names = blocks.filter((block) => merged.has(block)).flatMap(({ lane }) => lane ?? []);
  const nodes = blocks.filter((block) => merged.has(block)).flatMap((block) => block.nodes);
  const one: Block = { ...(names.length > 0 && { lane: names.join(' + ') }), nodes };
  return blocks.flatMap((block, index) => (index === first ? [one] : merged.has(block) ? [] : [block]));
}
