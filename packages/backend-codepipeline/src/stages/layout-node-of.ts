/** Says of a node of the plan what the layout must know. */
import { isGate, type PlanNode } from '@cdkpipe/core';
import type { LayoutNode } from './layout-node.ts';

export interface PlacedPlanNode extends LayoutNode {
  readonly node: PlanNode;
}

export function layoutNodeOf(node: PlanNode): PlacedPlanNode {
  const changeSets = changeSetsOf(node);
  return {
    node,
    id: node.id,
    after: node.after,
    waits: isGate(node),
    ...('deployment' in node && node.deployment !== undefined ? { unit: node.deployment } : {}),
    ...(changeSets.length > 0 ? { changeSets } : {}),
  };
}

function changeSetsOf(node: PlanNode): string[] {
  if (node.type === 'prepare' || (node.type === 'execute' && node.changeSet))
    return [`${node.deployment}/${node.stack}`];
  return node.type === 'review' ? node.stacks.map((stack) => `${node.deployment}/${stack}`) : [];
}
