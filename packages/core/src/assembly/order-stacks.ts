/** Puts the stacks of a deployment in order: the CDK's dependencies, what the author added, and values taken by name. */
import type { AssembledStack } from '../contracts/assembly.ts';
import * as words from '../errors/catalogue/assembly.ts';
import type { Problem } from '../errors/problem.ts';
import type { Deployment } from '../model/pipeline.ts';
import { findCycle } from '../plan/cycles.ts';
import { rankNodes } from '../plan/ranks.ts';

/** Every stack behind those it depends on, ties by ID; faults of `order` are added to `problems`. */
export function orderStacks(
  deployment: Deployment,
  stacks: readonly AssembledStack[],
  problems: Problem[],
): AssembledStack[] {
  const known = stacks.map(({ id }) => id);
  const dependencies = new Map(stacks.map(({ id, dependencies }) => [id, new Set(dependencies)]));
  let isKnown = true;
  deployment.order.forEach((chain, c) => {
    chain.forEach((stack, s) => {
      const path = `${deployment.path}.order[${c}]`;
      const earlier = chain[s - 1];
      if (!dependencies.has(stack)) {
        problems.push(words.orderStackUnknown(`${path}[${s}]`, stack, deployment.name, known));
        isKnown = false;
      } else if (earlier !== undefined) dependencies.get(stack)?.add(earlier);
    });
  });
  if (!isKnown) return [...stacks];
  // Edges from a stack to what stands behind it, so that a cycle reads "a before b before a".
  const successors = new Map(known.map((id) => [id, known.filter((other) => dependencies.get(other)?.has(id))]));
  const cycle = findCycle(successors);
  if (cycle) {
    problems.push(words.orderCycle(`${deployment.path}.order`, deployment.name, cycle));
    return [...stacks];
  }
  for (const { id, imports } of [...stacks].sort((a, b) => (a.id < b.id ? -1 : 1)))
    for (const { stack, doubt } of imports)
      if (doubt === undefined && !ancestorsOf(stack, dependencies).has(id)) dependencies.get(id)?.add(stack);
  const sorted = stacks
    .map((stack) => ({
      ...stack,
      dependencies: [...(dependencies.get(stack.id) ?? [])].sort(),
      imports: withoutIdleDoubts(stack, dependencies),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return rankNodes(sorted.map((stack) => ({ ...stack, after: stack.dependencies })))
    .flat()
    .map(({ after: _, ...stack }) => stack);
}

/** A stack that may make a value counts only where it executes before: by a dependency of the CDK, or by `order`. */
function withoutIdleDoubts({ id, imports }: AssembledStack, dependencies: ReadonlyMap<string, ReadonlySet<string>>) {
  if (imports.every(({ doubt }) => doubt === undefined)) return imports;
  const ancestors = ancestorsOf(id, dependencies);
  return imports.filter(({ stack, doubt }) => doubt === undefined || ancestors.has(stack));
}

/**
 * What has to be there before a stack by what is known already. Stacks that exist may import from each other by the names
 * of exports; then one of the two is first, as the CDK would have it.
 */
function ancestorsOf(stack: string, dependencies: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const ancestors = new Set(dependencies.get(stack));
  // A set takes on while it is walked what is added to it, and nothing twice.
  for (const ancestor of ancestors) for (const next of dependencies.get(ancestor) ?? []) ancestors.add(next);
  return ancestors;
}
