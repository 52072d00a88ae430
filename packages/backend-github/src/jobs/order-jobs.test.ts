import { expect, test } from 'vitest';
import { essentialNeeds } from './order-jobs.ts';

const edges = (before: Record<string, string[]>) =>
  Object.fromEntries(
    [...essentialNeeds(new Map(Object.entries(before).map(([id, ids]) => [id, new Set(ids)])))].map(([id, ids]) => [
      id,
      [...ids],
    ]),
  );

test('a job does not wait for what another dependency waits for already', () => {
  expect(edges({ a: [], b: ['a'], c: ['a', 'b'], d: ['a', 'c', 'b'] })).toEqual({
    a: [],
    b: ['a'],
    c: ['b'],
    d: ['c'],
  });
});

test('parallel jobs stay parallel', () => {
  expect(edges({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] })).toEqual({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] });
});
