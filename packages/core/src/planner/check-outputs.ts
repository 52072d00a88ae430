/** Follows every `output(...)` from the step that uses it to the stack that makes it. */
import type { Assembly } from '../contracts/assembly.ts';
import * as words from '../errors/catalogue/planning.ts';
import { suggest } from '../errors/near-misses.ts';
import type { Problem } from '../errors/problem.ts';
import { findOutputReferences, type OutputReference } from '../model/output-reference.ts';
import { findStep, type PlanNode } from '../plan/node.ts';

/** Gives each execute node the outputs that later steps use; faults are added to `problems`. */
export function connectOutputs(nodes: readonly PlanNode[], assembly: Assembly, problems: Problem[]): PlanNode[] {
  const used = new Map<string, Set<string>>();
  for (const node of nodes) {
    const step = findStep(node);
    if (!step) continue;
    for (const { reference, path } of findOutputReferences(step.options)) {
      const problem = checkReference(node, reference, `${step.path}.options.${path}`, assembly);
      if (problem) problems.push(problem);
      else if (node.type === 'approve' && node.deployment !== undefined) {
        const key = `${node.deployment}/${reference.stack}`;
        used.set(key, (used.get(key) ?? new Set()).add(reference.name));
      }
    }
  }
  return nodes.map((node) => {
    const outputs = node.type === 'execute' ? used.get(`${node.deployment}/${node.stack}`) : undefined;
    return outputs ? { ...node, outputs: [...outputs].sort() } : node;
  });
}

function checkReference(
  node: PlanNode,
  reference: OutputReference,
  path: string,
  assembly: Assembly,
): Problem | undefined {
  const { stack: stackId, name } = reference;
  if (node.type !== 'approve' || node.deployment === undefined) return words.outputNotKnownYet(path, stackId, name);
  const stacks = assembly.deployments.find((deployment) => deployment.name === node.deployment)?.stacks ?? [];
  const stack = stacks.find(({ id }) => id === stackId);
  const known = stacks.map(({ id }) => id);
  if (!stack) return words.outputStackUnknown(path, stackId, node.deployment, suggest(stackId, known));
  return stack.outputs.includes(name)
    ? undefined
    : words.outputUnknown(path, stackId, name, suggest(name, stack.outputs));
}
