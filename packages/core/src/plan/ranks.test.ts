import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankNodes } from './ranks.ts';

/** Graphs without cycles: every node comes after some of the earlier ones. */
const graphs = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 40 }).map((picks) =>
  picks.map((earlier, index) => ({
    id: `n${index}`,
    after: index === 0 ? [] : [...new Set(earlier.map((pick) => `n${pick % index}`))],
  })),
);

test('every node stands exactly one rank behind the last of those it comes after', () => {
  fc.assert(
    fc.property(graphs, (nodes) => {
      const ranks = rankNodes(nodes);
      const rankOf = new Map(ranks.flatMap((rank, index) => rank.map(({ id }) => [id, index] as const)));
      expect(rankOf.size).toBe(nodes.length);
      for (const { id, after } of nodes)
        expect(rankOf.get(id)).toBe(Math.max(-1, ...after.map((other) => rankOf.get(other) ?? Number.NaN)) + 1);
    }),
  );
});

test('ranks do not depend on the order of the nodes', () => {
  fc.assert(
    fc.property(graphs, (nodes) => {
      const sorted = (ranks: { id: string }[][]) => ranks.map((rank) => rank.map(({ id }) => id).sort());
      expect(sorted(rankNodes([...nodes].reverse()))).toEqual(sorted(rankNodes(nodes)));
    }),
  );
});

test('edges to nodes outside do not count', () => {
  expect(rankNodes([{ id: 'b', after: ['a'] }])).toEqual([[{ id: 'b', after: ['a'] }]]);
});
