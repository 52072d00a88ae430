import { rankNodes } from '@cdkpipe/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomWaves } from './random-wave.test.fixture.ts';
import { rankActions } from './rank-actions.ts';

const action = (id: string, after: readonly string[] = [], waits = false) => ({ id, after, waits });
const gate = (id: string, after: readonly string[]) => action(id, after, true);
const idsOf = (ranks: readonly (readonly { id: string }[])[]) => ranks.map((rank) => rank.map(({ id }) => id).sort());

test('every action stands behind all it comes after, in as few ranks as the longest path has actions', () => {
  fc.assert(
    fc.property(randomWaves, (nodes) => {
      const ranks = rankActions(nodes);
      const rankOf = new Map(ranks.flatMap((rank, index) => rank.map(({ id }) => [id, index] as const)));
      expect(rankOf.size).toBe(nodes.length);
      for (const { id, after } of nodes)
        for (const earlier of after) expect(rankOf.get(earlier)).toBeLessThan(rankOf.get(id) ?? -1);
      expect(ranks.length).toBe(rankNodes(nodes).length);
      expect(ranks.every(({ length }) => length > 0)).toBe(true);
    }),
  );
});

test('never is waited in more ranks than if everything stood as early as can be', () => {
  fc.assert(
    fc.property(randomWaves, (nodes) => {
      const waitedIn = (ranks: (typeof nodes)[]) => ranks.filter((rank) => rank.some(({ waits }) => waits)).length;
      expect(waitedIn(rankActions(nodes))).toBeLessThanOrEqual(waitedIn(rankNodes(nodes)));
    }),
    { numRuns: 300 },
  );
});

test('an approval of a short deployment does not hold up a longer one', () => {
  const short = [action('A'), gate('A/Sign', ['A'])];
  const long = [action('B1'), action('B2', ['B1']), action('B3', ['B2'])];
  expect(idsOf(rankActions([...short, ...long]))).toEqual([['A', 'B1'], ['B2'], ['A/Sign', 'B3']]);
});

test('approvals that can wait at the same time do', () => {
  const short = [action('A'), gate('A/Sign', ['A'])];
  const long = [action('B1'), gate('B/Look', ['B1']), action('B2', ['B/Look'])];
  expect(idsOf(rankActions([...short, ...long]))).toEqual([['A', 'B1'], ['A/Sign', 'B/Look'], ['B2']]);
});

test('where nothing is held up any more, an approval does not wait for the last of another deployment', () => {
  const one = [action('A'), gate('A/Smoke', ['A']), gate('A/Done', ['A/Smoke'])];
  const other = [action('B'), gate('B/Smoke', ['B'])];
  expect(idsOf(rankActions([...one, ...other]))).toEqual([['A', 'B'], ['A/Smoke', 'B/Smoke'], ['A/Done']]);
});

test('what does not wait stands as early as it can, and the order inside a rank is that of the plan', () => {
  const ranks = rankActions([action('B'), action('A'), action('C', ['A']), action('D', ['C']), action('E', ['B'])]);
  expect(ranks.map((rank) => rank.map(({ id }) => id))).toEqual([['B', 'A'], ['C', 'E'], ['D']]);
});
