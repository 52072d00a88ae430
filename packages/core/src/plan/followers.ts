/** Finds what can only begin after something else. */

interface Ordered {
  readonly id: string;
  readonly after: readonly string[];
}

/** Answers, for an ID, the IDs of everything that waits for it, directly or behind others. */
export function followersIn(nodes: readonly Ordered[]): (id: string) => ReadonlySet<string> {
  const successors = new Map<string, string[]>();
  for (const { id, after } of nodes)
    for (const earlier of after) successors.set(earlier, [...(successors.get(earlier) ?? []), id]);
  return (start) => {
    const behind = new Set<string>();
    const open = [start];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const successor of successors.get(next) ?? []) {
        if (!behind.has(successor)) open.push(successor);
        behind.add(successor);
      }
    }
    return behind;
  };
}
