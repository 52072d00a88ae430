import { expect, test } from 'vitest';
import { refused } from './cdkpipe-error.ts';

const problems = Array.from({ length: 100_000 }, (_, index) => ({
  code: 'UNKNOWN_KEY',
  message: `unknown key "k${index}"`,
  path: `k${index}`,
  fix: 'remove it',
}));

test('of a hundred thousand problems the first thousand are told, and how many there are more', () => {
  const told = refused(problems).problems;
  expect(told).toHaveLength(1001);
  expect(told[999]?.path).toBe('k999');
  expect(told[1000]).toMatchObject({ code: 'MORE_PROBLEMS', message: '99000 more problems are not shown' });
}, 2000);

test('a thousand are all told, each once', () => {
  expect(refused([...problems.slice(0, 999), problems[0] as (typeof problems)[0]]).problems).toHaveLength(999);
});
