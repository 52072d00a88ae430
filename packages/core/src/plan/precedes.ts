/** Which nodes certainly have succeeded when another starts. */
import type { PlanNode } from './node.ts';

/** True where `later` can only start when `earlier` has succeeded. */
export function precedes(nodes: ReadonlyMap<string, PlanNode>, earlier: string, later: PlanNode): boolean {
  const seen = new Set<string>();
  const open = [...later.after];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === earlier) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(nodes.get(id)?.after ?? []));
  }
  return false;
}
