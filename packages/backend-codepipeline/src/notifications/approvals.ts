/** Which approvals of a pipeline a person answers, and which a function does. */
import type { PlanNode } from '@cdkpipe/core';
import type { DrawnActions } from '../drawing/drawing.ts';
import { passId } from '../reviews/draw-reviews.ts';
import { passName } from '../stages/expand-plan.ts';

/** Names of actions; those of one pipeline differ. */
export interface Approvals {
  /** Answered by a person. */
  readonly person: readonly string[];
  /** Answered by a function, always or where nothing asks for a person. */
  readonly answered: readonly string[];
  /** Actions beside such an approval that pass it, or leave it to a person. */
  readonly passes: readonly string[];
}

export function approvalsOf(nodes: readonly PlanNode[], actions: DrawnActions): Approvals {
  const approvals = nodes.filter(({ id }) => actions.get(id)?.category === 'Approval');
  const passing = approvals.filter((node) => node.type === 'review' && actions.has(passId(node)));
  const isAnswered = (node: PlanNode) => passing.includes(node) || actions.get(node.id)?.answeredBy === 'function';
  return {
    person: approvals.filter((node) => !isAnswered(node)).map(({ name }) => name),
    answered: approvals.filter(isAnswered).map(({ name }) => name),
    passes: passing.flatMap((node) => (node.type === 'review' ? [passName(node)] : [])),
  };
}
