/** Nodes and what they wait for → places in a picture: bands of groups, lanes of deployments, columns by rank. Pure. */

export interface GraphNode {
  readonly id: string;
  readonly group: string;
  readonly after: readonly string[];
}

/** In units of one box. */
export interface PlacedNode {
  readonly id: string;
  readonly column: number;
  readonly row: number;
}

export interface Lane {
  /** What its nodes have in common, such as a deployment. */
  readonly name: string;
  readonly row: number;
  readonly rows: number;
}

/** A group: it begins when the one above has ended, so no arrows lead from band to band. */
export interface Band {
  readonly name: string;
  readonly lanes: readonly Lane[];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly (readonly [from: string, to: string])[];
  readonly columns: number;
  readonly rows: number;
}

export function layOutGraph(nodes: readonly GraphNode[]): Band[] {
  return groupBy(nodes, ({ group }) => group).map(([name, members]) => layOutBand(name, members));
}

/** The part of an ID that tells where it happens: `ProdEu` of `ProdEu/Api:execute`, `Prod` of `Prod:before/Window`. */
export function laneOf(id: string): string {
  return /^[^/:]*/.exec(id)?.[0] ?? '';
}

function layOutBand(name: string, members: readonly GraphNode[]): Band {
  const known = new Set(members.map(({ id }) => id));
  const before = new Map(members.map(({ id, after }) => [id, after.filter((earlier) => known.has(earlier))]));
  const columnOf = ranksOf(before);
  const placed: PlacedNode[] = [];
  const lanes: Lane[] = [];
  let row = 0;
  for (const [lane, inLane] of groupBy(members, ({ id }) => laneOf(id))) {
    const filled = new Map<number, number>();
    for (const { id } of inLane) {
      const column = columnOf(id);
      const depth = filled.get(column) ?? 0;
      filled.set(column, depth + 1);
      placed.push({ id, column, row: row + depth });
    }
    const rows = Math.max(...filled.values());
    lanes.push({ name: lane, row, rows });
    row += rows;
  }
  const columns = Math.max(...placed.map(({ column }) => column)) + 1;
  return { name, lanes, nodes: placed, edges: edgesOf(before), columns, rows: row };
}

/** Column of a node: the longest way that leads to it. */
function ranksOf(before: ReadonlyMap<string, readonly string[]>): (id: string) => number {
  const ranks = new Map<string, number>();
  const rank = (id: string): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    // A plan has no cycles; a damaged journal must not hang a page.
    ranks.set(id, 0);
    const found = Math.max(-1, ...(before.get(id) ?? []).map(rank)) + 1;
    ranks.set(id, found);
    return found;
  };
  return rank;
}

/** Without those that a longer way says already. */
function edgesOf(before: ReadonlyMap<string, readonly string[]>): [string, string][] {
  const reached = new Map<string, ReadonlySet<string>>();
  const behind = (id: string): ReadonlySet<string> => {
    const known = reached.get(id);
    if (known) return known;
    reached.set(id, new Set());
    const all = new Set((before.get(id) ?? []).flatMap((earlier) => [earlier, ...behind(earlier)]));
    reached.set(id, all);
    return all;
  };
  return [...before].flatMap(([id, after]) =>
    after
      .filter((from) => !after.some((other) => other !== from && behind(other).has(from)))
      .map((from): [string, string] => [from, id]),
  );
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}
