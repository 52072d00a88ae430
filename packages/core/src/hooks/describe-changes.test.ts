import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeChanges } from './describe-changes.ts';

test('an item put in front of a list is one change, named by its ID', () => {
  const before = { nodes: [{ id: 'a' }, { id: 'b', after: ['a'] }] };
  const after = { nodes: [{ id: 'new' }, { id: 'a' }, { id: 'b', after: ['a', 'new'] }] };
  expect(describeChanges(before, after)).toEqual([
    { type: 'added', place: ['nodes', 'b', 'after', '1'], after: 'new' },
    { type: 'added', place: ['nodes', 'new'], after: { id: 'new' } },
  ]);
});

describe('a value that is replaced', () => {
  test('is told with what it was and what it is', () => {
    expect(describeChanges({ name: 'shop' }, { name: 'store' })).toEqual([
      { type: 'changed', place: ['name'], before: 'shop', after: 'store' },
    ]);
  });

  test('is told where it is no record', () => {
    expect(describeChanges('shop', 'store')).toEqual([{ type: 'changed', place: [], before: 'shop', after: 'store' }]);
  });
});

test('a value that was taken away is told', () => {
  expect(describeChanges({ a: 1, b: 2 }, { a: 1 })).toEqual([{ type: 'removed', place: ['b'], before: 2 }]);
});

test('nothing is told where nothing changed, and something wherever JSON differs', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(describeChanges(one, structuredClone(one))).toEqual([]);
      if (JSON.stringify(one) !== JSON.stringify(other) && !sameIgnoringOrder(one, other))
        expect(describeChanges(one, other)).not.toEqual([]);
    }),
  );
});

/** Lists of one identity and records with the same keys in another order count as the same. */
function sameIgnoringOrder(one: unknown, other: unknown): boolean {
  const normal = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, item]) => [key, normal(item)])
      : Object.is(value, -0)
        ? 0
        : value;
  return JSON.stringify(normal(one)) === JSON.stringify(normal(other));
}
