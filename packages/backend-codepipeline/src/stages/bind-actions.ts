/** Finds which actions must stand in one stage, whatever else is split. */
import { type LayoutNode, successorsOf } from './layout-node.ts';

/**
 * Bundles of actions that no other run may come between: those that make, review and execute one change set. CodePipeline
 * lets the next run into a stage as soon as one has left it, and that run would replace the change set. Bundles that
 * wait for each other become one.
 *
 * @returns in an order in which each bundle stands behind those it comes after
 */
export function bindActions<N extends LayoutNode>(nodes: readonly N[]): N[][] {
  const bundleOf = bundleByChangeSet(nodes);
  return stronglyConnected(nodes, bundleOf);
}

/** A representative ID for each node; nodes that share a change set share it. */
function bundleByChangeSet(nodes: readonly LayoutNode[]): (id: string) => string {
  const parent = new Map(nodes.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    const above = parent.get(id) ?? id;
    return above === id ? id : find(above);
  };
  const holders = new Map<string, string>();
  for (const { id, changeSets = [] } of nodes) {
    for (const changeSet of changeSets) {
      const holder = holders.get(changeSet) ?? id;
      holders.set(changeSet, holder);
      parent.set(find(id), find(holder));
    }
  }
  return find;
}

/** Tarjan's algorithm over the bundles: what is on one cycle is one, and what comes first is found first. */
function stronglyConnected<N extends LayoutNode>(nodes: readonly N[], bundleOf: (id: string) => string): N[][] {
  const members = new Map<string, N[]>();
  for (const node of nodes) members.set(bundleOf(node.id), [...(members.get(bundleOf(node.id)) ?? []), node]);
  const known = successorsOf(nodes);
  const earlier = (bundle: string) =>
    (members.get(bundle) ?? []).flatMap(({ after }) => after.filter((id) => known.has(id)).map(bundleOf));

  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: N[][] = [];
  const visit = (bundle: string) => {
    index.set(bundle, index.size);
    low.set(bundle, index.get(bundle) ?? 0);
    stack.push(bundle);
    for (const other of earlier(bundle)) {
      if (!index.has(other)) visit(other);
      if (stack.includes(other)) low.set(bundle, Math.min(low.get(bundle) ?? 0, low.get(other) ?? 0));
    }
    if (low.get(bundle) !== index.get(bundle)) return;
    const cycle = stack.splice(stack.indexOf(bundle));
    found.push(cycle.flatMap((each) => members.get(each) ?? []));
  };
  for (const bundle of members.keys()) if (!index.has(bundle)) visit(bundle);
  return found;
}
