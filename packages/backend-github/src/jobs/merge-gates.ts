/** Gates that people decide → the environments of the jobs that they hold back, where that is one job. */
import { isGate, type Plan, type PlanNode } from '@cdkpipe/core';
import type { Draft, SegmentDraft } from './draft.ts';

type GateNode = Extract<PlanNode, { type: 'review' | 'approve' }>;

/**
 * GitHub issues tokens to a job only after the reviewers of its environment have approved, so a gate in the environment of
 * the job that it holds back is enforced by AWS, too. It must be the only gate right before the job, and hold back no other;
 * reviews of several stacks by one step are decided together.
 */
export function mergeGates(plan: Plan, drafts: readonly Draft[], isApproval: (node: PlanNode) => boolean): Draft[] {
  const merged = drafts.map((draft) =>
    draft.type === 'prepare' || draft.type === 'execute' ? withGates(draft, plan, isApproval) : draft,
  );
  const gone = new Set(merged.flatMap((draft) => ('gates' in draft ? draft.gates.map(({ id }) => id) : [])));
  return merged.filter((draft) => draft.type !== 'step' || !gone.has(draft.node.id));
}

function withGates(draft: SegmentDraft, { nodes }: Plan, isApproval: (node: PlanNode) => boolean): SegmentDraft {
  const own = new Set(draft.nodes.map(({ id }) => id));
  const direct = new Set(draft.nodes.flatMap(({ after }) => after));
  const gates = nodes.filter(
    (node): node is GateNode => isGate(node) && direct.has(node.id) && standsBefore(node, draft),
  );
  const isHeldHere = ({ id }: GateNode) => nodes.every(({ id: other, after }) => !after.includes(id) || own.has(other));
  const isOfOneStep = new Set(gates.map(({ step }) => step.id)).size === 1;
  if (!isOfOneStep || !gates.every((gate) => isApproval(gate) && isHeldHere(gate))) return draft;
  return { ...draft, gates, nodes: [...draft.nodes, ...gates] };
}

/** A review of the deployment, or a gate of its wave; an approval of what was deployed before stays a job of its own. */
function standsBefore(gate: GateNode, { deployment, nodes }: SegmentDraft): boolean {
  if (gate.type === 'review') return gate.deployment === deployment;
  return gate.deployment === undefined && nodes.every(({ group }) => group === gate.group);
}
