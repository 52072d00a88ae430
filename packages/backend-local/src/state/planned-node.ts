/** What the journal keeps of a node of the plan, so that a report needs no definition. */
import { environmentName, type PlanNode } from '@cdkpipe/core';
import type { PlannedNode } from '../journal/run-event.ts';

export function plannedNode(node: PlanNode): PlannedNode {
  const { id, type, group, after } = node;
  return {
    id,
    type,
    group,
    after,
    ...('deployment' in node && node.deployment !== undefined && { deployment: node.deployment }),
    ...('stack' in node && { stack: node.stack }),
    ...('env' in node && { environment: environmentName(node.env) }),
  };
}
