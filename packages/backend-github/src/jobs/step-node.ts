/** The nodes of a plan that stand for a step of the author's. */
import type { ApproveNode, BuildNode, PlanNode, ReviewNode, Step } from '@cdkpipe/core';

export type BuildStepNode = BuildNode & { readonly work: { readonly role: 'step' } };

export type StepNode = ReviewNode | ApproveNode | BuildStepNode;

export function isStepNode(node: PlanNode): node is StepNode {
  return node.type === 'review' || node.type === 'approve' || (node.type === 'build' && node.work.role === 'step');
}

export function isBuildStep(node: PlanNode): node is BuildStepNode {
  return node.type === 'build' && node.work.role === 'step';
}

export function stepOf(node: StepNode): Step {
  return node.type === 'build' ? node.work.step : node.step;
}
