/** Follows edges: what waits for a node, and what a node waits for, directly or behind others. */
import type { PlanNode } from './node.ts';
import type { Plan } from './plan.ts';

interface Ordered {
  readonly id: string;
  readonly after: readonly string[];
}

/** All that is reached from `start`; itself only where a way leads back to it. */
function reach(start: string, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...next(start)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...next(id));
  }
  return found;
}

/** Answers, for an ID, the IDs of everything that waits for it, directly or behind others. */
export function followersIn(nodes: readonly Ordered[]): (id: string) => ReadonlySet<string> {
  const successors = new Map<string, string[]>();
  for (const { id, after } of nodes)
    for (const earlier of after) {
      const known = successors.get(earlier);
      if (known) known.push(id);
      else successors.set(earlier, [id]);
    }
  return (start) => reach(start, (id) => successors.get(id) ?? []);
}

/** Answers, for an ID, the IDs of everything that it waits for, directly or behind others. */
export function precursorsIn(nodes: readonly Ordered[]): (id: string) => ReadonlySet<string> {
  const after = new Map(nodes.map((node) => [node.id, node.after]));
  return (start) => reach(start, (id) => after.get(id) ?? []);
}

/** IDs of the nodes that have certainly succeeded when a node starts: those it comes after, and those of earlier groups. */
export function settledBefore(
  { nodes, groups }: Pick<Plan, 'nodes' | 'groups'>,
  node: Pick<PlanNode, 'id' | 'group'>,
): ReadonlySet<string> {
  const place = new Map(groups.map(({ name }, index) => [name, index]));
  const placeOf = (group: string) => place.get(group) ?? 0;
  const earlier = nodes.filter(({ group }) => placeOf(group) < placeOf(node.group)).map(({ id }) => id);
  return new Set([...earlier, ...precursorsIn(nodes)(node.id)]);
}
