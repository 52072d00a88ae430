import { expect, test } from 'vitest';
import type { AssembledStack } from '../contracts/assembly.ts';
import type { Deployment } from '../model/pipeline.ts';
import { orderStacks } from './order-stacks.ts';

const deployment = { name: 'Beta', path: 'waves[0].deployments[0]', order: [] } as unknown as Deployment;
const stack = (id: string, dependencies: readonly string[], imports: readonly string[] = []) =>
  ({ id, dependencies, imports: imports.map((from) => ({ stack: from, value: 'x' })) }) as unknown as AssembledStack;

test('many stacks of which each needs all of the row before are put in order at once, values by name among them', () => {
  const row = (layer: number) => Array.from({ length: 8 }, (_, index) => `L${layer}S${index}`);
  const stacks = Array.from({ length: 30 }, (_, layer) =>
    row(layer).map((id) => stack(id, layer === 0 ? [] : row(layer - 1))),
  ).flat();
  const last = stack('Last', [], row(29));
  const ordered = orderStacks(deployment, [last, ...stacks], []);
  expect(ordered.map(({ id }) => id)).toEqual([...stacks.map(({ id }) => id), 'Last']);
  expect(ordered.at(-1)?.dependencies).toEqual(row(29));
});
