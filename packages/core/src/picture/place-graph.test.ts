import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Box, EdgeEnd, GraphNode, Picture, PlacedGroup, Point } from './picture.ts';
import { placeGraph } from './place-graph.ts';

const node = (id: string, after: readonly string[] = [], rest: Partial<GraphNode> = {}): GraphNode => ({
  id,
  group: 'Prod',
  after,
  width: 176,
  height: 42,
  ...rest,
});
const eu = { lane: 'Eu' };
const us = { lane: 'Us' };

const edgesOf = ({ groups }: Picture) =>
  groups.flatMap(({ edges }) => edges.map(({ from, to }) => `${nameOf(from)} → ${nameOf(to)}`)).toSorted();
const nameOf = (end: EdgeEnd) => ('lane' in end ? `[${end.lane}]` : end.node);

test('a node stands below all it waits for, in the frame of its lane', () => {
  const picture = placeGraph([
    node('Data:prepare', [], eu),
    node('Api:prepare', [], eu),
    node('Review', ['Data:prepare', 'Api:prepare'], eu),
    node('Us:execute', [], us),
  ]);
  const [group] = picture.groups;
  const at = (id: string) => group?.nodes.find((placed) => placed.id === id);
  expect(at('Data:prepare')?.y).toBe(at('Api:prepare')?.y);
  expect(at('Review')?.y).toBeGreaterThan(at('Api:prepare')?.y ?? 0);
  expect(at('Review')?.x).toBe(((at('Data:prepare')?.x ?? 0) + (at('Api:prepare')?.x ?? 0)) / 2);
  expect(group?.lanes.map(({ name }) => name)).toEqual(['Eu', 'Us']);
});

test('no edge says what a longer way says already, nor leads to another group', () => {
  const picture = placeGraph([
    node('a', [], { group: 'Beta' }),
    node('b', ['a']),
    node('c', ['b', 'a']),
    node('d', ['b', 'c']),
  ]);
  expect(edgesOf(picture)).toEqual(['b → c', 'c → d']);
});

test('what holds back all that a lane begins with leads to the lane, and the rest to its node', () => {
  const picture = placeGraph([
    node('Open'),
    node('publish'),
    node('a', ['Open'], eu),
    node('b', ['Open'], eu),
    node('c', ['a', 'publish'], eu),
    node('d', ['Open', 'publish'], us),
    node('e', ['b', 'c', 'd']),
  ]);
  expect(edgesOf(picture)).toEqual([
    'Open → [Eu]',
    'Open → [Us]',
    '[Eu] → e',
    '[Us] → e',
    'a → c',
    'publish → [Us]',
    'publish → c',
  ]);
});

test('lanes that do not fit beside each other stand on several shelves', () => {
  const { width, groups } = placeGraph(
    Array.from({ length: 10 }, (_, index) => node(`n${index}`, [], { lane: `l${index}` })),
  );
  expect(width).toBeLessThanOrEqual(980);
  expect(new Set(groups[0]?.lanes.map(({ y }) => y)).size).toBe(3);
});

test('an edge that passes many rows runs beside them', () => {
  const chain = Array.from({ length: 12 }, (_, index) => node(`n${index}`, index === 0 ? [] : [`n${index - 1}`], eu));
  const { groups } = placeGraph([...chain, node('other', ['n0'], eu), node('last', ['n11', 'other'], eu)]);
  const right = Math.max(...(groups[0]?.nodes.map(({ x, width }) => x + width) ?? []));
  const edge = groups[0]?.edges.find(({ from }) => 'node' in from && from.node === 'other');
  expect(edge?.points.some(({ x }) => x > right)).toBe(true);
  expectClear(groups[0] as PlacedGroup);
});

test('lanes that wait for each other share a frame', () => {
  const picture = placeGraph([node('a', [], eu), node('b', ['a'], us), node('c', ['b'], eu)]);
  expect(picture.groups[0]?.lanes.map(({ name }) => name)).toEqual(['Eu + Us']);
  expect(edgesOf(picture)).toEqual(['a → b', 'b → c']);
});

test('crossings are avoided', () => {
  const picture = placeGraph([node('a', [], eu), node('b', [], eu), node('c', ['b'], eu), node('d', ['a'], eu)]);
  const x = new Map(picture.groups[0]?.nodes.map((placed) => [placed.id, placed.x]));
  expect(x.get('c')).toBe(x.get('b'));
  expect(x.get('d')).toBe(x.get('a'));
});

test('a cycle, which only a damaged journal has, has a picture all the same', () => {
  const { groups } = placeGraph([node('a', ['b']), node('b', ['a']), node('c', ['c'])]);
  expect(groups[0]?.nodes).toHaveLength(3);
});

test('of nothing there is a picture of no size', () => {
  expect(placeGraph([])).toEqual({ width: 0, height: 0, groups: [] });
});

const graphs = fc
  .array(
    fc.record({
      after: fc.array(fc.nat(), { maxLength: 4 }),
      lane: fc.option(fc.nat(3), { nil: undefined }),
      group: fc.nat(1),
      width: fc.integer({ min: 40, max: 200 }),
      height: fc.integer({ min: 20, max: 60 }),
    }),
    { maxLength: 40 },
  )
  .map((nodes) =>
    nodes.map(
      ({ after, lane, group, width, height }, index): GraphNode => ({
        id: `n${index}`,
        group: `g${group}`,
        ...(lane !== undefined && { lane: `l${lane}` }),
        after: index === 0 ? [] : [...new Set(after.map((each) => `n${each % index}`))],
        width,
        height,
      }),
    ),
  );

test('whatever the graph, nothing overlaps, edges lead down and over no node, and all that waits is reached', () => {
  fc.assert(
    fc.property(graphs, fc.integer({ min: 200, max: 1200 }), (nodes, maxWidth) => {
      const picture = placeGraph(nodes, { maxWidth });
      expect(placeGraph(nodes, { maxWidth })).toEqual(picture);
      expect(picture.groups.flatMap((group) => group.nodes.map(({ id }) => id)).toSorted()).toEqual(
        nodes.map(({ id }) => id).toSorted(),
      );
      expectApart(picture.groups);
      for (const group of picture.groups) {
        expectInside(group.nodes, group);
        expectInside(group.lanes, group);
        expectApart(group.nodes);
        expectApart(group.lanes);
        expectClear(group);
        expect(reachedIn(group)).toEqual(expectedIn(group, nodes));
      }
    }),
    { numRuns: 300 },
  );
});

function expectApart(boxes: readonly Box[]): void {
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) {
      const apart =
        one.x + one.width <= other.x ||
        other.x + other.width <= one.x ||
        one.y + one.height <= other.y ||
        other.y + other.height <= one.y;
      expect(apart, JSON.stringify([one, other])).toBe(true);
    }
  });
}

function expectInside(boxes: readonly Box[], { x, y, width, height }: Box): void {
  for (const box of boxes) {
    expect(box.x).toBeGreaterThanOrEqual(x);
    expect(box.y).toBeGreaterThanOrEqual(y);
    expect(box.x + box.width).toBeLessThanOrEqual(x + width);
    expect(box.y + box.height).toBeLessThanOrEqual(y + height);
  }
}

/** A curve stays between its ends, so its box stands for it. */
function expectClear({ edges, nodes }: PlacedGroup): void {
  for (const { points } of edges)
    points.slice(1).forEach((to, index) => {
      const from = points[index] as Point;
      expect(to.y).toBeGreaterThanOrEqual(from.y);
      const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
      for (const box of nodes) {
        const clear = right <= box.x || left >= box.x + box.width || to.y <= box.y || from.y >= box.y + box.height;
        expect(clear, JSON.stringify([from, to, box])).toBe(true);
      }
    });
}

/** For each node all that comes before it, as the edges say it. */
function reachedIn({ edges, lanes, nodes }: PlacedGroup): Record<string, string[]> {
  const inside = (name: string) => {
    const frame = lanes.find((lane) => lane.name === name) as Box;
    return nodes.filter(
      ({ x, y }) => x >= frame.x && x < frame.x + frame.width && y >= frame.y && y < frame.y + frame.height,
    );
  };
  const plain = edges.flatMap(({ from, to }) =>
    'node' in from && 'node' in to ? [[from.node, to.node] as const] : [],
  );
  const begins = (name: string) => {
    const members = inside(name).map(({ id }) => id);
    return members.filter((id) => !plain.some(([from, to]) => to === id && members.includes(from)));
  };
  const ends = (name: string) => {
    const members = inside(name).map(({ id }) => id);
    return members.filter((id) => !plain.some(([from, to]) => from === id && members.includes(to)));
  };
  const all = edges.flatMap(({ from, to }) =>
    ('node' in from ? [from.node] : ends(from.lane)).flatMap((start) =>
      ('node' in to ? [to.node] : begins(to.lane)).map((end) => [start, end] as const),
    ),
  );
  return closure(
    nodes.map(({ id }) => id),
    all,
  );
}

function expectedIn({ nodes }: PlacedGroup, graph: readonly GraphNode[]): Record<string, string[]> {
  const ids = nodes.map(({ id }) => id);
  const edges = graph.flatMap(({ id, after }) =>
    ids.includes(id) ? after.filter((from) => ids.includes(from)).map((from) => [from, id] as const) : [],
  );
  return closure(ids, edges);
}

function closure(ids: readonly string[], edges: readonly (readonly [string, string])[]): Record<string, string[]> {
  const found = new Map(ids.map((id) => [id, new Set<string>()]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [from, to] of edges)
      for (const each of [from, ...(found.get(from) ?? [])])
        if (!found.get(to)?.has(each)) {
          found.get(to)?.add(each);
          changed = true;
        }
  }
  return Object.fromEntries(
    [...found].toSorted(([a], [b]) => a.localeCompare(b)).map(([id, set]) => [id, [...set].toSorted()]),
  );
}
