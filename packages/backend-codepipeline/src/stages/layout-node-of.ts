/** Says of an action what the layout must know. */
import { isGate } from '@cdkpipe/core';
import { isHelper, type LaidAction } from './expand-plan.ts';
import type { LayoutNode } from './layout-node.ts';

export interface PlacedPlanNode extends LayoutNode {
  readonly node: LaidAction;
}

export function layoutNodeOf(node: LaidAction): PlacedPlanNode {
  const changeSets = changeSetsOf(node);
  return {
    node,
    id: node.id,
    after: node.after,
    waits: !isHelper(node) && isGate(node),
    // Only once it is drawn is it known whether a review may pass by itself, which takes an action beside it.
    size: node.type === 'review' ? 2 : 1,
    ...('deployment' in node && node.deployment !== undefined ? { unit: node.deployment } : {}),
    ...(changeSets.length > 0 ? { changeSets } : {}),
  };
}

function changeSetsOf(node: LaidAction): string[] {
  if (node.type === 'prepare' || (node.type === 'execute' && node.changeSet))
    return [`${node.deployment}/${node.stack}`];
  return node.type === 'review' || isHelper(node) ? node.stacks.map((stack) => `${node.deployment}/${stack}`) : [];
}
