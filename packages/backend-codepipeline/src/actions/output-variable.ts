/** The value of a stack's output, as CodePipeline resolves it inside an action. */
import { type ExecuteNode, type OutputReference, type Plan, refused } from '@cdkpipe/core';
import { namespaceOf } from '../names/names.ts';
import { outputNotReady } from '../problems.ts';
import type { StepNode } from './step-node.ts';

/** Refuses an output of a stack that has not certainly been executed when the step starts. */
export function outputVariable(plan: Plan, node: StepNode, { stack, name }: OutputReference): string {
  const deployment = 'deployment' in node ? node.deployment : undefined;
  const execute = plan.nodes.find(
    (other): other is ExecuteNode =>
      other.type === 'execute' &&
      other.deployment === deployment &&
      other.stack === stack &&
      other.outputs.includes(name),
  );
  if (!execute || !standsBehind(plan, node, execute.id))
    throw refused([outputNotReady(stack, name, { path: node.path, node: node.id })]);
  return `#{${namespaceOf(execute.id)}.${name}}`;
}

function standsBehind(plan: Plan, node: StepNode, id: string): boolean {
  const nodes = new Map(plan.nodes.map((each) => [each.id, each]));
  const seen = new Set<string>();
  const waiting = [...node.after];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === id) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(nodes.get(next)?.after ?? []));
  }
  return false;
}
