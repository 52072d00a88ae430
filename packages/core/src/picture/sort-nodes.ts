/** Puts nodes behind what they wait for, and leaves out the edges that say nothing. */

interface Waiting {
  readonly id: string;
  readonly after: readonly string[];
}

/**
 * In topological order, ties in that of the input; `after` holds nodes of the input alone. A plan has no cycles; of one in
 * a damaged journal the edges that close it are left out, so that a picture exists all the same.
 */
export function sortNodes<N extends Waiting>(nodes: readonly N[]): N[] {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const open = new Map<string, Set<string>>();
  const waiters = new Map<string, string[]>();
  for (const { id, after } of known.values()) {
    const waited = new Set(after.filter((earlier) => earlier !== id && known.has(earlier)));
    open.set(id, waited);
    for (const earlier of waited) waiters.set(earlier, [...(waiters.get(earlier) ?? []), id]);
  }
  const sorted: N[] = [];
  const done = new Set<string>();
  const queue = [...open].filter(([, waited]) => waited.size === 0).map(([id]) => id);
  const rest = [...open.keys()];
  for (let next = 0, first = 0; sorted.length < known.size; ) {
    if (next === queue.length) {
      while (done.has(rest[first] ?? '')) first += 1;
      queue.push(rest[first] ?? '');
    }
    const id = queue[next++] ?? '';
    const node = known.get(id);
    if (node === undefined || done.has(id)) continue;
    done.add(id);
    const before = new Set(node.after);
    sorted.push({ ...node, after: [...before].filter((earlier) => earlier !== id && done.has(earlier)) });
    for (const waiter of waiters.get(id) ?? []) {
      const waited = open.get(waiter);
      if (waited?.delete(id) && waited.size === 0) queue.push(waiter);
    }
  }
  return sorted;
}

/** Leaves out each edge that a longer way says already. @param sorted as {@link sortNodes} returns them */
export function withoutImplied<N extends Waiting>(sorted: readonly N[]): N[] {
  const place = new Map(sorted.map(({ id }, index) => [id, index]));
  const words = Math.ceil(sorted.length / 32);
  /** For each node a bit for every node before it. */
  const before: Uint32Array[] = [];
  return sorted.map((node, index) => {
    const places = node.after.map((id) => place.get(id) ?? 0);
    const farther = new Uint32Array(words);
    for (const each of places) merge(farther, before[each]);
    const kept = node.after.filter((_, at) => !has(farther, places[at] ?? 0));
    for (const each of places) farther[each >> 5] = (farther[each >> 5] ?? 0) | (1 << (each & 31));
    before[index] = farther;
    return { ...node, after: kept };
  });
}

function merge(into: Uint32Array, from: Uint32Array | undefined): void {
  from?.forEach((bits, index) => {
    into[index] = (into[index] ?? 0) | bits;
  });
}

function has(bits: Uint32Array, index: number): boolean {
  return (((bits[index >> 5] ?? 0) >>> (index & 31)) & 1) === 1;
}
