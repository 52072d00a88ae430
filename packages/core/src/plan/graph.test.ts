import { expect, test } from 'vitest';
import { followersIn, precursorsIn, settledBefore } from './graph.ts';
import type { PlanNode } from './node.ts';
import type { Plan } from './plan.ts';

const node = (id: string, group: string, ...after: string[]) => ({ id, group, after }) as unknown as PlanNode;
const nodes = [
  node('a', 'One'),
  node('b', 'One', 'a'),
  node('c', 'Two', 'b'),
  node('d', 'Two'),
  node('e', 'Two', 'c', 'd'),
  node('f', 'Three'),
];
const plan = { nodes, groups: ['One', 'Two', 'Three'].map((name) => ({ name })) } as unknown as Plan;

test('followers and precursors are those behind and before along the edges, without the node itself', () => {
  expect([...followersIn(nodes)('b')].sort()).toEqual(['c', 'e']);
  expect([...precursorsIn(nodes)('e')].sort()).toEqual(['a', 'b', 'c', 'd']);
  expect([...followersIn(nodes)('unknown')]).toEqual([]);
});

test('in a circle a node follows itself, and the walk ends', () => {
  const circle = [node('x', 'One', 'z'), node('y', 'One', 'x'), node('z', 'One', 'y')];
  expect([...followersIn(circle)('x')].sort()).toEqual(['x', 'y', 'z']);
});

test('what has succeeded before a node are its precursors and all of the earlier groups, and nothing beside it', () => {
  expect([...settledBefore(plan, node('d', 'Two'))].sort()).toEqual(['a', 'b']);
  expect([...settledBefore(plan, node('e', 'Two'))].sort()).toEqual(['a', 'b', 'c', 'd']);
  expect([...settledBefore(plan, node('f', 'Three'))].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
});
