/** Edges between blocks; what leads to all that a lane begins with leads to the lane, as one line says it. */
import type { Block } from './blocks.ts';
import type { EdgeEnd } from './picture.ts';

export interface LiftedEdge {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  readonly source: Block;
  readonly target: Block;
}

export function liftEdges(blocks: readonly Block[]): LiftedEdge[] {
  const blockOf = new Map(blocks.flatMap((block) => block.nodes.map(({ id }) => [id, block] as const)));
  return blocks.flatMap((target) => {
    const edges = target.nodes.flatMap(({ id, after }) =>
      after.flatMap((from) => {
        const source = blockOf.get(from);
        return source === undefined || source === target ? [] : [{ from, to: id, source }];
      }),
    );
    const sources = new Set(edges.map(({ source }) => source));
    return [...sources].flatMap((source) =>
      liftBetween(
        source,
        target,
        edges.filter((edge) => edge.source === source),
      ),
    );
  });
}

interface Plain {
  readonly from: string;
  readonly to: string;
}

function liftBetween(source: Block, target: Block, edges: readonly Plain[]): LiftedEdge[] {
  const [last, first] = [lastOf(source), firstOf(target)];
  const begins = new Map<string, { from: EdgeEnd; to: Set<string> }>();
  const begin = (key: string, from: EdgeEnd, to: string) => {
    const known = begins.get(key);
    if (known) known.to.add(to);
    else begins.set(key, { from, to: new Set([to]) });
  };
  for (const { id } of target.nodes) {
    const from = new Set(edges.filter((edge) => edge.to === id).map((edge) => edge.from));
    if (source.lane !== undefined && isSame(from, last)) begin('lane', { lane: source.lane }, id);
    else for (const each of from) begin(`node ${each}`, { node: each }, id);
  }
  return [...begins.values()].flatMap(({ from, to }): LiftedEdge[] =>
    target.lane !== undefined && isSame(to, first)
      ? [{ from, to: { lane: target.lane }, source, target }]
      : [...to].map((id) => ({ from, to: { node: id }, source, target })),
  );
}

function firstOf({ nodes }: Block): ReadonlySet<string> {
  const inside = new Set(nodes.map(({ id }) => id));
  return new Set(nodes.filter(({ after }) => !after.some((id) => inside.has(id))).map(({ id }) => id));
}

function lastOf({ nodes }: Block): ReadonlySet<string> {
  const waited = new Set(nodes.flatMap(({ after }) => after));
  return new Set(nodes.filter(({ id }) => !waited.has(id)).map(({ id }) => id));
}

function isSame(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return some.size === others.size && [...some].every((each) => others.has(each));
}
