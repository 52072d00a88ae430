import { expect, it } from 'vitest';
import { describeThrown } from './describe-thrown.ts';

class QuotaError extends Error {
  override readonly name = 'QuotaError';
}

it.each([
  [new Error('no luck'), 'no luck'],
  [new Error(), 'an error without a message'],
  [new QuotaError('no luck'), 'QuotaError: no luck'],
  [new RangeError(), 'RangeError'],
  [new TypeError('(0 , _orders.foo) is not a function'), 'TypeError: foo is not a function'],
  [new TypeError('(0, _orders.default) is not a function'), 'TypeError: the default import is not a function'],
  [new TypeError('_orders.Orders is not a constructor'), 'TypeError: Orders is not a constructor'],
  [new TypeError('_orders.default is not a constructor'), 'TypeError: the default import is not a constructor'],
  ['no luck', "'no luck'"],
  [undefined, 'undefined'],
  [{ code: 1 }, '{ code: 1 }'],
])('%o is described as %s', (thrown, expected) => {
  expect(describeThrown(thrown)).toBe(expected);
});

it('a message without an end is cut', () => {
  expect(describeThrown(new Error('x'.repeat(1e7)))).toBe(`${'x'.repeat(10_000)}...`);
});
