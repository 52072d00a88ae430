/** The stacks of one deployment → segments: what one job does behind the same reviews. */
import type { ExecuteNode, Plan, PlanNode, PrepareNode, PublishNode } from '@cdkpipe/core';
import type { SegmentDraft } from './draft.ts';

type StackNode = PrepareNode | ExecuteNode;

export interface DeploymentParts {
  readonly plan: Plan;
  readonly deployment: string;
  /** Publishers that no other deployment waits for. */
  readonly publishes: readonly PublishNode[];
}

/**
 * One segment for each number of reviews that a stack has behind it: without a review, one job does everything; else the
 * change sets are made by a job that cannot execute them.
 */
export function partDeployment({ plan, deployment, publishes }: DeploymentParts): SegmentDraft[] {
  const levels = reviewsBefore(plan, deployment);
  const nodes = plan.nodes.filter((node): node is StackNode => isStackNode(node) && node.deployment === deployment);
  const groups = new Map<number, StackNode[]>();
  for (const node of nodes) {
    const level = levels.get(node.id) ?? 0;
    groups.set(level, [...(groups.get(level) ?? []), node]);
  }
  const parts = [...groups].sort(([a], [b]) => a - b).map(([, part]) => part);
  const executing = parts.filter((part) => part.some(({ type }) => type === 'execute'));
  const placed = placePublishers(publishes, parts);
  return parts.map((part) => {
    const type = executing.includes(part) ? 'execute' : 'prepare';
    const number = executing.length > 1 ? [`execute-${executing.indexOf(part) + 1}`] : [];
    const own = placed.get(part) ?? [];
    return {
      type,
      parts: [deployment, ...(type === 'prepare' ? ['prepare'] : number)],
      deployment,
      publishes: own,
      prepares: part.filter((node) => node.type === 'prepare'),
      executes: part.filter((node) => node.type === 'execute'),
      nodes: [...own, ...part],
      gates: [],
    };
  });
}

export function isStackNode(node: PlanNode): node is StackNode {
  return node.type === 'prepare' || node.type === 'execute';
}

/** How many reviews of the deployment stand before each node, one behind the other. */
function reviewsBefore({ nodes }: Plan, deployment: string): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  // Inside a group every node stands behind those it comes after.
  for (const node of nodes) {
    const before = node.after.map((id) => levels.get(id) ?? 0);
    const own = node.type === 'review' && node.deployment === deployment ? 1 : 0;
    levels.set(node.id, Math.max(0, ...before) + own);
  }
  return levels;
}

/** Each publisher belongs to the first job that waits for it; the others wait for that job. */
function placePublishers(publishes: readonly PublishNode[], parts: readonly StackNode[][]) {
  const placed = new Map<readonly StackNode[], PublishNode[]>();
  for (const publish of publishes) {
    const part = parts.find((each) => each.some(({ after }) => after.includes(publish.id)));
    if (part !== undefined) placed.set(part, [...(placed.get(part) ?? []), publish]);
  }
  return placed;
}
