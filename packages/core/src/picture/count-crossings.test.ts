import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countCrossings } from './count-crossings.ts';

test('the edges that cross are counted as comparing each with each counts them', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(7), { maxLength: 4 }), { maxLength: 8 }), (ends) => {
      const edges = ends.flatMap((places, from) => places.map((to) => [from, to] as const));
      const crossing = edges.flatMap(([from, to]) => edges.filter((other) => from < other[0] && to > other[1]));
      expect(countCrossings(ends, 8)).toBe(crossing.length);
    }),
  );
});
