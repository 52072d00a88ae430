/** What each gate of a plan holds back. */
import { followersIn } from './graph.ts';
import { isGate, type PlanNode } from './node.ts';
import type { Plan } from './plan.ts';

/** For each gate node, the IDs of the nodes that cannot start before it has passed. */
export function readGuards(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const followers = followersIn(plan.nodes);
  return new Map(plan.nodes.filter(isGate).map(({ id }) => [id, followers(id)]));
}

/** The same with all of the later groups, which begin when everything of a group has succeeded. */
export function readHeldBack(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const order = new Map(plan.groups.map(({ name }, index) => [name, index]));
  const placeOf = ({ group }: { readonly group: string }) => order.get(group) ?? 0;
  const nodes = new Map(plan.nodes.map((node) => [node.id, node]));
  return new Map(
    [...readGuards(plan)].map(([gate, behind]) => {
      const own = nodes.get(gate);
      const later = plan.nodes.filter((node) => own !== undefined && placeOf(node) > placeOf(own));
      return [gate, new Set([...behind, ...later.map(({ id }) => id)])];
    }),
  );
}

/**
 * Gates of `before` that hold back less in `after`, each with one node that got away. A stack counts by what it is, so
 * that a node under another ID which executes the same stack is held back as the first one was.
 */
export function findWeakenedGates(before: Plan, after: Plan): { readonly gate: string; readonly node: string }[] {
  const guards = readGuards(after);
  const works = new Map(before.nodes.map((node) => [node.id, workOf(node)]));
  return [...readGuards(before)].flatMap(([gate, behind]) => {
    const held = new Set([...behind].map((id) => works.get(id)));
    const node = after.nodes.find((each) => held.has(workOf(each)) && !guards.get(gate)?.has(each.id));
    return node === undefined ? [] : [{ gate, node: node.id }];
  });
}

/** What a node does, apart from its ID. */
function workOf(node: PlanNode): string {
  return node.type === 'prepare' || node.type === 'execute'
    ? JSON.stringify([node.type, node.deployment, node.stack, node.env.account, node.env.region])
    : node.id;
}
