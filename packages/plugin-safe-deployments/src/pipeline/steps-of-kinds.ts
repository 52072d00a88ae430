/** Steps of certain kinds, in a workflow or before a node of the plan. */
import { isGate, type Plan, type PlanNode, precursorsIn, type Step, stepsOf, type Workflow } from '@cdkpipe/core';
import * as z from 'zod';

/** Names of kinds that count, where those of cdkpipe are not all. */
export const kindsSchema = (what: string, ...kinds: [string, ...string[]]) =>
  z
    .array(z.string().min(1))
    .min(1)
    .default(kinds)
    .describe(`Kinds that ${what}. By default ${kinds.map((kind) => `\`${kind}\``).join(' and ')}.`);

export function stepsOfKinds(workflow: Workflow, kinds: readonly string[]): Step[] {
  return stepsOf(workflow).filter(({ kind }) => kinds.includes(kind));
}

/** Whether a gate of one of the kinds must have passed before the node starts. */
export function isHeldBack(
  { nodes }: Plan,
  node: PlanNode,
  kinds: readonly string[],
  counts: (gate: PlanNode) => boolean = () => true,
): boolean {
  const earlier = precursorsIn(nodes)(node.id);
  return nodes.some((gate) => isGate(gate) && kinds.includes(gate.step.kind) && counts(gate) && earlier.has(gate.id));
}

/** Deployments of `names` of which some stack may execute without such a gate. */
export function unheldDeployments(
  plan: Plan,
  names: readonly string[],
  kinds: readonly string[],
  counts?: (gate: PlanNode) => boolean,
): string[] {
  return names.filter((name) =>
    plan.nodes.some(
      (node) => node.type === 'execute' && node.deployment === name && !isHeldBack(plan, node, kinds, counts),
    ),
  );
}
