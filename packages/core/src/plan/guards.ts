/** What each gate of a plan holds back. */
import { isGate } from './node.ts';
import type { Plan } from './plan.ts';

/** For each gate node, the IDs of the nodes that cannot start before it has passed. */
export function readGuards(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const successors = new Map<string, string[]>();
  for (const { id, after } of plan.nodes)
    for (const earlier of after) successors.set(earlier, [...(successors.get(earlier) ?? []), id]);
  return new Map(
    plan.nodes.filter(isGate).map(({ id }) => {
      const behind = new Set<string>();
      const open = [id];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const successor of successors.get(next) ?? []) {
          if (!behind.has(successor)) open.push(successor);
          behind.add(successor);
        }
      }
      return [id, behind];
    }),
  );
}

/** Gates of `before` that hold back less of what is still there in `after`, each with one node that got away. */
export function findWeakenedGates(before: Plan, after: Plan): { readonly gate: string; readonly node: string }[] {
  const guards = readGuards(after);
  const kept = new Set(after.nodes.map(({ id }) => id));
  return [...readGuards(before)].flatMap(([gate, behind]) => {
    const node = [...behind].find((id) => kept.has(id) && !guards.get(gate)?.has(id));
    return node === undefined ? [] : [{ gate, node }];
  });
}
