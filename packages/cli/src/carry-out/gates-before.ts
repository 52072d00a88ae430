/** Gates that hold an action of a plan back. */
import { type Plan, readHeldBack } from '@cdkpipe/core';

/** IDs of gate nodes, in the order of the plan. */
export function gatesBefore(plan: Plan, node: string): string[] {
  return [...readHeldBack(plan)].flatMap(([gate, held]) => (held.has(node) ? [gate] : []));
}
