import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GraphNode, laneOf, layOutGraph } from './graph-layout.ts';

const node = (id: string, after: readonly string[] = [], group = 'Prod'): GraphNode => ({ id, group, after });

test('a node stands to the right of all it waits for, in the lane of its deployment', () => {
  const [band] = layOutGraph([
    node('Eu/Data:prepare'),
    node('Eu/Api:prepare'),
    node('Eu/Review', ['Eu/Data:prepare', 'Eu/Api:prepare']),
    node('Us/Api:execute'),
  ]);
  expect(band?.nodes).toEqual([
    { id: 'Eu/Data:prepare', column: 0, row: 0 },
    { id: 'Eu/Api:prepare', column: 0, row: 1 },
    { id: 'Eu/Review', column: 1, row: 0 },
    { id: 'Us/Api:execute', column: 0, row: 2 },
  ]);
  expect(band?.lanes).toEqual([
    { name: 'Eu', row: 0, rows: 2 },
    { name: 'Us', row: 2, rows: 1 },
  ]);
});

test('no arrow says what a longer way says already, nor leads to another band', () => {
  const bands = layOutGraph([
    node('a', [], 'Beta'),
    node('b', ['a'], 'Prod'),
    node('c', ['b', 'a'], 'Prod'),
    node('d', ['b', 'c'], 'Prod'),
  ]);
  expect(bands.map(({ name, edges }) => [name, edges])).toEqual([
    ['Beta', []],
    [
      'Prod',
      [
        ['b', 'c'],
        ['c', 'd'],
      ],
    ],
  ]);
});

test('whatever the graph, no two nodes share a place, arrows lead to the right, and all that waits is reached', () => {
  const graphs = fc
    .array(fc.record({ after: fc.array(fc.nat(), { maxLength: 4 }), lane: fc.nat(2), group: fc.nat(1) }), {
      maxLength: 15,
    })
    .map((nodes) => {
      const names = nodes.map(({ lane }, index) => `d${lane}/n${index}`);
      return nodes.map(({ after, group }, index): GraphNode => {
        const earlier = index === 0 ? [] : after.map((each) => names[each % index] ?? '');
        return { id: names[index] ?? '', group: `g${group}`, after: [...new Set(earlier)] };
      });
    });
  fc.assert(
    fc.property(graphs, (nodes) => {
      const bands = layOutGraph(nodes);
      expect(bands.flatMap((band) => band.nodes.map(({ id }) => id)).toSorted()).toEqual(
        nodes.map(({ id }) => id).toSorted(),
      );
      for (const band of bands) {
        expect(new Set(band.nodes.map(({ column, row }) => `${column}/${row}`)).size).toBe(band.nodes.length);
        const column = new Map(band.nodes.map((placed) => [placed.id, placed.column]));
        for (const [from, to] of band.edges) expect(column.get(from)).toBeLessThan(column.get(to) ?? -1);
        const reach = (to: string): Set<string> =>
          new Set(band.edges.flatMap(([from, end]) => (end === to ? [from, ...reach(from)] : [])));
        for (const { id, after } of nodes)
          for (const earlier of after) if (column.has(id) && column.has(earlier)) expect(reach(id)).toContain(earlier);
      }
    }),
  );
});

test('a cycle, which only a damaged journal has, is drawn all the same', () => {
  expect(layOutGraph([node('a', ['b']), node('b', ['a'])])[0]?.nodes).toHaveLength(2);
});

test.each([
  ['ProdEu/Api:execute', 'ProdEu'],
  ['Prod:before/Window', 'Prod'],
  ['build', 'build'],
])('%s lies in the lane "%s"', (id, lane) => expect(laneOf(id)).toBe(lane));
