/** Who uses values: the steps, by their options, and the build, by its environment. */
import { findReferences, type PlacedValue } from '../model/value-reference.ts';
import { findStep, type PlanNode } from '../plan/node.ts';

/** References of one node; each path is the whole place in the definition. */
export function referencesOf(node: PlanNode): PlacedValue[] {
  const step = findStep(node);
  if (step) return placedUnder(`${step.path}.options`, step.options);
  return node.type === 'build' && node.work.role === 'main' ? placedUnder('build.env', node.work.build.env) : [];
}

function placedUnder(root: string, value: unknown): PlacedValue[] {
  return findReferences(value).map(({ reference, path }) => ({ reference, path: `${root}.${path}` }));
}
