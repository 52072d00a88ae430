/** For which jobs each one waits: those that carry out what its nodes come after, and those whose values it takes. */

/** Jobs by ID, each with those that must come before it. */
export type Before = ReadonlyMap<string, ReadonlySet<string>>;

/** Leaves out what another dependency implies, so that the graph stays small; GitHub ends runs of large ones. */
export function essentialNeeds(before: Before): Before {
  const reach = new Map<string, ReadonlySet<string>>();
  const allBefore = (id: string): ReadonlySet<string> => {
    const known = reach.get(id);
    if (known !== undefined) return known;
    const direct = before.get(id) ?? [];
    const all = new Set([...direct].flatMap((each) => [each, ...allBefore(each)]));
    reach.set(id, all);
    return all;
  };
  return new Map(
    [...before].map(([id, direct]) => {
      const implied = new Set([...direct].flatMap((each) => [...allBefore(each)]));
      return [id, new Set([...direct].filter((each) => !implied.has(each)))];
    }),
  );
}

/** Everything that must come before a job, directly or behind others. */
export function allBefore(before: Before, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const earlier of before.get(next) ?? []) {
      if (!found.has(earlier)) open.push(earlier);
      found.add(earlier);
    }
  }
  return found;
}
