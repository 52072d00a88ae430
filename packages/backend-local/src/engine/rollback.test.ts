import { describe, expect, test } from 'vitest';
import { openRecord } from '../journal/record.ts';
import { emptyRun, foldRecords } from '../state/run-state.ts';
import { begun, courseOf, type MemoryStore, newWorld, runOn, type World } from './engine.test.fixture.ts';
import type { NodeSketch } from './plan.test.fixture.ts';

const stateOf = ({ records }: MemoryStore) => foldRecords(emptyRun, records.map(openRecord));
const eventsOf = ({ records }: MemoryStore) => records.map((record) => openRecord(record).event);
const rejectAll = { prepared: () => ({ decision: 'reject' as const, comment: 'no' }) };
const backOf = (world: World) => world.done.filter((id) => id.endsWith(':rollback'));

const deployment = (name: string, rollback?: 'auto') => ({ name, ...(rollback ? { rollback } : {}) });

/** Two deployments of one wave; that of Europe has two stacks, one after the other, and a gate behind them. */
const stacks: NodeSketch[] = [
  { id: 'Data', deployment: 'Eu' },
  { id: 'Api', deployment: 'Eu', after: ['Data'] },
  { id: 'UsApi', deployment: 'Us' },
  { id: 'Smoke', deployment: 'Eu', kind: 'question', after: ['Api', 'UsApi'] },
];
const wavesOf = (wave: object, eu = deployment('Eu'), us = deployment('Us')) => [
  { name: 'Wave', deployments: [eu, us], ...wave },
];

describe("rollback: 'auto'", () => {
  test('of a wave takes all of it back in reverse order, before the run ends', async () => {
    const memory = begun();
    const world = newWorld();
    const course = courseOf(stacks, world, wavesOf({ rollback: 'auto' }));
    expect(await runOn(memory, course, { ...rejectAll, concurrency: 1 })).toBe('rejected');
    expect(backOf(world)).toEqual(['Us/UsApi:rollback', 'Eu/Api:rollback', 'Eu/Data:rollback']);
    expect(eventsOf(memory).slice(-9)).toMatchObject([
      {
        type: 'rollbackStarted',
        trigger: 'auto',
        deployments: ['Eu', 'Us'],
        stacks: ['Us/UsApi', 'Eu/Api', 'Eu/Data'],
        reason: 'Smoke: rejected by ada: no',
      },
      { type: 'stackRollbackStarted', stack: 'Us/UsApi', attempt: 1 },
      { type: 'stackRollbackEnded', stack: 'Us/UsApi', outcome: 'restored' },
      { type: 'stackRollbackStarted', stack: 'Eu/Api' },
      { type: 'stackRollbackEnded', stack: 'Eu/Api' },
      { type: 'stackRollbackStarted', stack: 'Eu/Data' },
      { type: 'stackRollbackEnded', stack: 'Eu/Data' },
      { type: 'rollbackEnded', outcome: 'complete' },
      { type: 'runEnded', outcome: 'rejected', reason: 'Smoke: rejected by ada: no; rolled back Eu, Us' },
    ]);
  });

  test.each([
    ['the deployment that failed, and no other', wavesOf({}, deployment('Eu', 'auto')), ['Eu/Api', 'Eu/Data']],
    ['nothing where another deployment failed', wavesOf({}, deployment('Eu'), deployment('Us', 'auto')), []],
    ['nothing where nobody asked for it', wavesOf({}), []],
  ])('takes back %s', async (_what, waves, expected) => {
    const world = newWorld();
    await runOn(begun(), courseOf(stacks, world, waves), rejectAll);
    expect(backOf(world)).toEqual(expected.map((id) => `${id}:rollback`));
  });

  test('does nothing where a gate before the wave was rejected, or nothing was executed', async () => {
    for (const sketches of [
      [
        { id: 'Window', kind: 'question' as const },
        { id: 'Data', deployment: 'Eu', after: ['Window'] },
      ],
      [{ id: 'Review', kind: 'question' as const, deployment: 'Eu' }],
    ]) {
      const memory = begun();
      const course = courseOf(sketches, newWorld(), wavesOf({ rollback: 'auto' }));
      expect(await runOn(memory, course, rejectAll)).toBe('rejected');
      expect(stateOf(memory).rollbacks).toEqual([]);
    }
  });

  test('also looks at an execution that failed or was cut in the middle', async () => {
    const memory = begun();
    memory.store.append('r', new Date(0), { type: 'actionStarted', node: 'UsApi', attempt: 1, retry: 'safe' });
    memory.store.append('r', new Date(0), { type: 'actionStarted', node: 'Data', attempt: 1, retry: 'safe' });
    memory.store.append('r', new Date(0), { type: 'actionEnded', node: 'Data', outcome: 'failed', reason: 'lost' });
    const world = newWorld();
    expect(await runOn(memory, courseOf(stacks, world, wavesOf({ rollback: 'auto' })))).toBe('failed');
    expect(world.done.toSorted()).toEqual(['Eu/Data:rollback', 'Us/UsApi:rollback']);
  });

  test('leaves what stands before a stack that is not back, goes past one that it keeps, and says so', async () => {
    const chain: NodeSketch[] = [
      { id: 'a', deployment: 'Eu' },
      { id: 'b', deployment: 'Eu', after: ['a'] },
      { id: 'c', deployment: 'Eu', after: ['b'] },
      { id: 'gate', deployment: 'Eu', kind: 'question', after: ['c'] },
    ];
    const ends = { 'Eu/c': 'kept', 'Eu/b': 'failed' } as const;
    const memory = begun();
    const course = courseOf(chain, newWorld(), wavesOf({ rollback: 'auto' }));
    const rollBack: typeof course.rollBack = async (_plan, { id }) => ({
      outcome: ends[id as keyof typeof ends] ?? 'restored',
      detail: 'because',
    });
    expect(await runOn(memory, { ...course, rollBack }, rejectAll)).toBe('rejected');
    const [rollback] = stateOf(memory).rollbacks;
    expect(rollback?.begun.map(({ stack, outcome }) => [stack, outcome])).toEqual([
      ['Eu/c', 'kept'],
      ['Eu/b', 'failed'],
      ['Eu/a', 'left'],
    ]);
    expect(rollback?.ended?.outcome).toBe('incomplete');
    expect(stateOf(memory).ended?.reason).toContain(
      'the rollback of Eu, Us is incomplete: Eu/c kept, Eu/b failed, Eu/a left',
    );
  });

  test('is stopped by a signal, and gone on with', async () => {
    const memory = begun();
    const world = newWorld();
    const stop = new AbortController();
    world.touch = (id, when) => when === 'before' && id === 'Eu/Api:rollback' && stop.abort();
    const course = courseOf(stacks, world, wavesOf({}, deployment('Eu', 'auto')));
    expect(await runOn(memory, course, { ...rejectAll, stop: stop.signal })).toBe('interrupted');
    expect(backOf(world)).toEqual(['Eu/Api:rollback']);
    expect(await runOn(memory, course)).toBe('rejected');
    expect(backOf(world)).toEqual(['Eu/Api:rollback', 'Eu/Data:rollback']);
  });

  test('ended by force keeps what it was at as unfinished, and does it again', async () => {
    const memory = begun();
    const world = newWorld();
    const kill = new AbortController();
    world.touch = (id, when) => when === 'before' && id === 'Eu/Api:rollback' && kill.abort();
    const course = courseOf(stacks, world, wavesOf({}, deployment('Eu', 'auto')));
    expect(await runOn(memory, course, { ...rejectAll, kill: kill.signal })).toBe('interrupted');
    expect(await runOn(memory, course)).toBe('rejected');
    expect(stateOf(memory).rollbacks[0]?.begun[0]).toMatchObject({ stack: 'Eu/Api', attempt: 2, outcome: 'restored' });
  });

  test('killed before and after every operation, it ends as without that and repeats nothing that was written down', async () => {
    class Crash extends Error {}
    for (let at = 0; ; at++) {
      const memory = begun();
      const world = newWorld();
      let operation = 0;
      let crashes = 0;
      let dead = false;
      const strike = () => {
        if (!dead && operation++ === at) {
          dead = true;
          crashes += 1;
        }
        if (dead) throw new Crash();
      };
      memory.interfere = strike;
      world.touch = strike;
      const course = courseOf(stacks, world, wavesOf({ rollback: 'auto' }));
      let end: string | undefined;
      while (end === undefined) {
        try {
          end = await runOn(memory, course, rejectAll);
        } catch (error) {
          if (!(error instanceof Crash)) throw error;
          dead = false;
        }
      }
      const { rollbacks, ended } = stateOf(memory);
      expect(end).toBe(ended?.outcome);
      if (end === 'rejected') expect(rollbacks).toMatchObject([{ ended: { outcome: 'complete' } }]);
      const finished = eventsOf(memory).flatMap((event) => (event.type === 'stackRollbackEnded' ? [event.stack] : []));
      expect(finished).toHaveLength(new Set(finished).size);
      if (crashes === 0) break;
    }
  });
});
