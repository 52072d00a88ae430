import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LayoutNode, sizeOf } from './layout-node.ts';
import { randomWaves } from './random-wave.test.fixture.ts';
import { type SplitSettings, splitWave } from './split-wave.ts';

const split = (nodes: readonly LayoutNode[], settings: Partial<SplitSettings> = {}) => {
  const parts = splitWave(nodes, { limit: 50, alone: new Set(), gatesApart: false, ...settings });
  return { ...parts, all: [...parts.before, ...parts.stages] };
};
const idsOf = (stages: readonly (readonly LayoutNode[])[]) => stages.map((stage) => stage.map(({ id }) => id));
const settings = fc.record({
  limit: fc.integer({ min: 1, max: 40 }),
  alone: fc.subarray(['D0', 'D1', 'D2']).map((units) => new Set(units)),
  gatesApart: fc.boolean(),
});

/** `count` stacks, each executed after the one before it. */
const chain = (unit: string, count: number, more: Partial<LayoutNode> = {}): LayoutNode[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${unit}${index}`,
    after: index === 0 ? [] : [`${unit}${index - 1}`],
    waits: false,
    size: 1,
    unit,
    ...more,
  }));

describe('a split wave', () => {
  test('has every action once, behind all it comes after', () => {
    fc.assert(
      fc.property(randomWaves, settings, (nodes, given) => {
        const { all } = split(nodes, given);
        const stageOf = new Map(all.flatMap((stage, index) => stage.map(({ id }) => [id, index] as const)));
        expect(all.flat().length).toBe(nodes.length);
        expect(stageOf.size).toBe(nodes.length);
        for (const { id, after } of nodes)
          for (const earlier of after) expect(stageOf.get(earlier)).toBeLessThanOrEqual(stageOf.get(id) ?? -1);
      }),
    );
  });

  test('lets no other run between making and executing a change set', () => {
    fc.assert(
      fc.property(randomWaves, settings, (nodes, given) => {
        const stagesOf = new Map<string, Set<number>>();
        split(nodes, given).all.forEach((stage, index) => {
          for (const changeSet of stage.flatMap(({ changeSets = [] }) => changeSets))
            stagesOf.set(changeSet, (stagesOf.get(changeSet) ?? new Set()).add(index));
        });
        for (const [, stages] of stagesOf) expect(stages.size).toBe(1);
      }),
    );
  });

  test('keeps within the limit, but for what cannot be parted', () => {
    fc.assert(
      fc.property(randomWaves, settings, (nodes, given) => {
        for (const stage of split(nodes, given).all) {
          expect(stage.length).toBeGreaterThan(0);
          if (sizeOf(stage) > given.limit) {
            expect(new Set(stage.map(({ unit }) => unit)).size).toBe(1);
            expect(stage.every(({ changeSets }) => changeSets !== undefined)).toBe(true);
          }
        }
      }),
    );
  });

  test('keeps a deployment in one stage wherever it fits into one, and beside no other where it wants to be alone', () => {
    fc.assert(
      fc.property(randomWaves, settings, (nodes, given) => {
        const { all } = split(nodes, given);
        for (const unit of new Set(nodes.flatMap((node) => node.unit ?? []))) {
          const holding = all.filter((stage) => stage.some((node) => node.unit === unit));
          if (sizeOf(nodes.filter((node) => node.unit === unit)) <= given.limit) expect(holding.length).toBe(1);
          if (given.alone.has(unit))
            for (const stage of holding) expect(new Set(stage.flatMap((node) => node.unit ?? [])).size).toBe(1);
        }
      }),
    );
  });

  test('is one stage when it fits into one and nothing wants to be alone', () => {
    fc.assert(
      fc.property(randomWaves, (nodes) => {
        expect(split(nodes, { limit: sizeOf(nodes) }).all).toEqual([nodes]);
      }),
    );
  });
});

describe('splitting', () => {
  test('puts deployments of the same length together, as a stage takes as long as the longest in it', () => {
    const nodes = [...chain('A', 1), ...chain('B', 3), ...chain('C', 1), ...chain('D', 3)];
    const { stages } = split(nodes, { limit: 6 });
    expect(stages.map((stage) => new Set(stage.map(({ unit }) => unit)))).toEqual([
      new Set(['B', 'D']),
      new Set(['A', 'C']),
    ]);
  });

  test('cuts only a deployment that is too large, where no change set is open', () => {
    const nodes = [...chain('A', 2), ...chain('B', 5)];
    expect(idsOf(split(nodes, { limit: 3 }).stages)).toEqual([
      ['A0', 'A1'],
      ['B0', 'B1', 'B2'],
      ['B3', 'B4'],
    ]);
  });

  test('puts a deployment beside a part of one that is too large, where there is room, and waits for no other stage', () => {
    const nodes = [...chain('A', 1), ...chain('B', 5)];
    expect(idsOf(split(nodes, { limit: 3 }).stages)).toEqual([
      ['B0', 'B1', 'B2'],
      ['A0', 'B3', 'B4'],
    ]);
    const publish = { id: 'publish', after: [], waits: false, size: 1 };
    expect(idsOf(split([publish, ...chain('B', 5, { after: ['publish'] })], { limit: 3 }).stages)).toEqual([
      ['publish', 'B0', 'B1'],
      ['B2', 'B3', 'B4'],
    ]);
  });

  test('of a thousand stacks that all wait for each other is cut, whatever fits into the arguments of a call', () => {
    const first = chain('A', 700, { after: [] });
    const rest = chain('B', 700, { unit: 'A', after: first.map(({ id }) => id) });
    expect(split([...first, ...rest], { limit: 50 }).stages.flat()).toHaveLength(1400);
  });

  test('counts an action for as many as it may become', () => {
    const review = { id: 'A/Review', after: ['A0'], waits: true, size: 2, unit: 'A' };
    expect(idsOf(split([...chain('A', 1), review, ...chain('B', 1)], { limit: 3 }).stages)).toEqual([
      ['A0', 'A/Review'],
      ['B0'],
    ]);
  });

  test('leaves together what is bound together, however large it is', () => {
    const nodes = chain('A', 5, { changeSets: ['A'] });
    expect(split(nodes, { limit: 3 }).stages).toEqual([nodes]);
  });

  test('leaves together deployments that wait for each other', () => {
    const [first, second] = [chain('A', 2), chain('B', 2)];
    const nodes = [...first, ...second.map((node, index) => (index === 0 ? { ...node, after: ['A0'] } : node))];
    expect(idsOf(split(nodes, { alone: new Set(['A']) }).stages)).toEqual([['A0', 'A1', 'B0', 'B1']]);
  });

  test('has gates of the wave in a stage before, where that is wanted', () => {
    const gate = { id: 'gate', after: [], waits: true, size: 1 };
    const publish = { id: 'publish', after: [], waits: false, size: 1 };
    const nodes = [publish, gate, ...chain('A', 1, { after: ['gate', 'publish'] })];
    expect(split(nodes, { gatesApart: true })).toMatchObject({ before: [[publish, gate]], stages: [[{ id: 'A0' }]] });
    expect(
      split(
        nodes.filter(({ id }) => id !== 'gate'),
        { gatesApart: true },
      ).before,
    ).toEqual([]);
  });
});
