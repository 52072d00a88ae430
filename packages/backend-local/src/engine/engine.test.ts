import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { person } from '../journal/events.test.fixture.ts';
import { openRecord } from '../journal/record.ts';
import type { Work } from '../state/course.ts';
import { emptyRun, foldRecords } from '../state/run-state.ts';
import { answerQuestion } from './answering.ts';
import { begun, courseOf, type MemoryStore, newWorld, runOn, type World } from './engine.test.fixture.ts';
import type { NodeSketch } from './plan.test.fixture.ts';

const stateOf = ({ records }: MemoryStore) => foldRecords(emptyRun, records.map(openRecord));
const eventsOf = ({ records }: MemoryStore) => records.map((record) => openRecord(record).event);

const chain: NodeSketch[] = [
  { id: 'a' },
  { id: 'b', after: ['a'] },
  { id: 'gate', kind: 'question', after: ['b'] },
  { id: 'c', after: ['gate'] },
];

const approveAll = { prepared: () => ({ decision: 'approve' as const }) };

describe('the engine', () => {
  test('writes each intent before the deed and each result after it', async () => {
    const memory = begun();
    const world = newWorld();
    world.touch = (node, when) => {
      const last = eventsOf(memory).at(-1);
      expect([when, last]).toMatchObject([when, { type: 'actionStarted', node }]);
    };
    expect(await runOn(memory, courseOf(chain, world), { ...approveAll, concurrency: 1 })).toBe('succeeded');
    expect(world.done).toEqual(['a', 'b', 'c']);
  });

  test('starts nothing behind a gate that nobody has approved, and waits', async () => {
    const memory = begun();
    const world = newWorld();
    expect(await runOn(memory, courseOf(chain, world))).toBe('waiting');
    expect(world.done).toEqual(['a', 'b']);
    expect(await runOn(memory, courseOf(chain, world))).toBe('waiting');
    answerQuestion({ store: memory.store, run: 'r', now: new Date(1) }, 'gate', {
      decision: 'approve',
      by: person,
      via: 'command',
    });
    expect(await runOn(memory, courseOf(chain, world))).toBe('succeeded');
    expect(world.done).toEqual(['a', 'b', 'c']);
  });

  test('ends as rejected where a gate is rejected, with who and why', async () => {
    const memory = begun();
    const world = newWorld();
    const prepared = () => ({ decision: 'reject' as const, comment: 'no' });
    expect(await runOn(memory, courseOf(chain, world), { prepared })).toBe('rejected');
    expect(world.done).toEqual(['a', 'b']);
    expect(eventsOf(memory).at(-1)).toEqual({
      type: 'runEnded',
      outcome: 'rejected',
      reason: 'gate: rejected by ada: no',
    });
  });

  test('runs at most as many tasks at the same time as it may, and as many as it can', async () => {
    const sketches = Array.from({ length: 9 }, (_, index) => ({ id: `n${index}` }));
    for (const concurrency of [1, 3, 20]) {
      const world = newWorld();
      let live = 0;
      let most = 0;
      world.touch = (_, when) => {
        live += when === 'before' ? 1 : -1;
        most = Math.max(most, live);
      };
      await runOn(begun(), courseOf(sketches, world), { concurrency });
      expect(most).toBe(Math.min(concurrency, 9));
    }
  });

  test('goes on behind a gate that a flag has approved while something else still runs', async () => {
    const world = newWorld();
    const course = courseOf([{ id: 'slow' }, { id: 'gate', kind: 'question' }, { id: 'next', after: ['gate'] }], world);
    const nextIsDone = new Promise<void>((resolve) => {
      world.touch = (node, when) => {
        if (node === 'next' && when === 'after') resolve();
      };
    });
    const held: typeof course = {
      ...course,
      workOf: async (plan, node, state) => {
        const work = await course.workOf(plan, node, state);
        if (work.type === 'question' || node.id !== 'slow') return work;
        const run: typeof work.run = async (signal) => {
          await Promise.race([nextIsDone, wait(5_000, undefined, { ref: false })]);
          return work.run(signal);
        };
        return { ...work, run };
      },
    };
    expect(await runOn(begun(), held, { prepared: () => ({ decision: 'approve' }) })).toBe('succeeded');
    expect(world.done).toEqual(['next', 'slow']);
  });

  test('writes down with one transaction what begins or ends at the same time', async () => {
    const memory = begun();
    let transactions = 0;
    memory.interfere = (_, when) => {
      if (when === 'after') transactions += 1;
    };
    const sketches = Array.from({ length: 8 }, (_, index) => ({ id: `n${index}` }));
    expect(await runOn(memory, courseOf(sketches, newWorld()), { concurrency: 8 })).toBe('succeeded');
    const starts = eventsOf(memory).filter(({ type }) => type === 'actionStarted');
    expect(starts).toHaveLength(8);
    // Eight starts, eight ends, the end of the run.
    expect(transactions).toBe(3);
  });

  test('lets what runs end when something fails or it is stopped, and starts nothing more', async () => {
    const sketches: NodeSketch[] = [{ id: 'x', end: 'fail' }, { id: 'y' }, { id: 'z', after: ['y'] }];
    const world = newWorld();
    expect(await runOn(begun(), courseOf(sketches, world))).toBe('failed');
    expect(world.done.toSorted()).toEqual(['x', 'y']);

    const stop = new AbortController();
    const stopped = newWorld();
    stopped.touch = (node, when) => when === 'before' && node === 'a' && stop.abort();
    const memory = begun();
    expect(await runOn(memory, courseOf(chain, stopped), { stop: stop.signal })).toBe('interrupted');
    expect(stopped.done).toEqual(['a']);
    expect(stateOf(memory).nodes.get('a')?.outcome).toBe('succeeded');
  });

  test('does not write down as ended what was ended by force', async () => {
    const kill = new AbortController();
    const world = newWorld();
    world.touch = (node, when) => when === 'before' && node === 'a' && kill.abort();
    const memory = begun();
    expect(await runOn(memory, courseOf(chain, world), { kill: kill.signal })).toBe('interrupted');
    expect(stateOf(memory).nodes.get('a')).toMatchObject({ phase: 'running', attempt: 1 });
  });

  test('does not wait for work that goes on although it is ended by force', async () => {
    const kill = new AbortController();
    const memory = begun();
    const course = courseOf([{ id: 'a' }], newWorld());
    const deaf: Work = {
      type: 'task',
      retry: 'safe',
      run: () => {
        setTimeout(() => kill.abort(), 50);
        return new Promise(() => {});
      },
    };
    const end = await runOn(memory, { ...course, workOf: async () => deaf }, { kill: kill.signal });
    expect(end).toBe('interrupted');
    expect(stateOf(memory).nodes.get('a')).toMatchObject({ phase: 'running', attempt: 1 });
  });

  test.each([
    ['safe', 'succeeded', 2],
    ['ask', 'waiting', 0],
    ['never', 'failed', 0],
  ] as const)('an action cut in the middle that is declared %s ends as %s', async (retry, end, deeds) => {
    const memory = begun();
    memory.store.append('r', new Date(0), { type: 'actionStarted', node: 'a', attempt: 1, retry });
    const world = newWorld();
    expect(await runOn(memory, courseOf([{ id: 'a' }, { id: 'b', after: ['a'] }], world))).toBe(end);
    expect(world.done).toHaveLength(deeds);
    if (retry !== 'ask') return;
    expect(stateOf(memory).nodes.get('a')?.question).toMatchObject({ about: 'retry' });
    expect(await runOn(memory, courseOf([{ id: 'a' }, { id: 'b', after: ['a'] }], world), approveAll)).toBe('waiting');
    answerQuestion({ store: memory.store, run: 'r', now: new Date(1) }, 'a', {
      decision: 'approve',
      by: person,
      via: 'command',
    });
    expect(await runOn(memory, courseOf([{ id: 'a' }, { id: 'b', after: ['a'] }], world))).toBe('succeeded');
    expect(stateOf(memory).nodes.get('a')).toMatchObject({ attempt: 2, outcome: 'succeeded' });
  });

  test('ends where one of several actions that were cut in the middle fails before the others began again', async () => {
    const memory = begun();
    for (const node of ['a', 'b', 'c'])
      memory.store.append('r', new Date(0), { type: 'actionStarted', node, attempt: 1, retry: 'safe' });
    const world = newWorld();
    const sketches: NodeSketch[] = [{ id: 'a', end: 'fail' }, { id: 'b' }, { id: 'c' }];
    expect(await runOn(memory, courseOf(sketches, world), { concurrency: 1 })).toBe('failed');
    expect(world.done).toEqual(['a']);
    for (const node of ['b', 'c'])
      expect(stateOf(memory).nodes.get(node)).toMatchObject({ outcome: 'failed', reason: 'it was cut in the middle' });
    expect(eventsOf(memory).at(-1)).toMatchObject({ type: 'runEnded', reason: 'a: asked to' });
  });

  test.each(['fails', 'is stopped'])('begins nothing that was about to begin when something %s', async (how) => {
    const stop = new AbortController();
    const world = newWorld();
    const course = courseOf([{ id: 'a', ...(how === 'fails' ? { end: 'fail' as const } : {}) }, { id: 'b' }], world);
    // What `b` is to do is known in the very moment in which `a` ends.
    const known = new Promise<void>((resolve) => {
      world.touch = (node, when) => {
        if (node === 'a' && when === 'after') resolve();
      };
    });
    const late: typeof course = {
      ...course,
      workOf: async (plan, node, state) => {
        if (node.id === 'b') await known;
        // After the start was decided, before the turn of the event loop is over.
        if (node.id === 'b' && how === 'is stopped') process.nextTick(() => queueMicrotask(() => stop.abort()));
        return course.workOf(plan, node, state);
      },
    };
    const memory = begun();
    expect(await runOn(memory, late, { stop: stop.signal })).toBe(how === 'fails' ? 'failed' : 'interrupted');
    expect(world.done).toEqual(['a']);
    expect(stateOf(memory).nodes.has('b')).toBe(false);
    if (how === 'is stopped') expect(await runOn(memory, course)).toBe('succeeded');
  });

  test('rejects what nobody has decided in time, even when the clock is set back', async () => {
    const memory = begun();
    const expires = new Date(1000).toISOString();
    const course = courseOf([{ id: 'gate', kind: 'question' }], newWorld());
    const late: typeof course = {
      ...course,
      workOf: async (...args) => {
        const work = await course.workOf(...args);
        return work.type === 'question' ? { ...work, question: { ...work.question, expires } } : work;
      },
    };
    expect(await runOn(memory, late)).toBe('waiting');
    memory.store.append('r', new Date(5000), { type: 'runInterrupted', reason: 'waiting' });
    expect(await runOn(memory, late, { clock: { now: () => new Date(0), sleep: async () => {} } })).toBe('rejected');
  });

  test('waits for others where a flag or the terminal answers for somebody who may not approve', async () => {
    const course = courseOf([{ id: 'gate', kind: 'question' }], newWorld());
    const onlyGrace: typeof course = {
      ...course,
      workOf: async (...args) => {
        const work = await course.workOf(...args);
        const approvers = { count: 1, of: ['grace'] };
        return work.type === 'question' ? { ...work, question: { ...work.question, approvers } } : work;
      },
    };
    const terminal = { ask: async () => ({ decision: 'approve' as const }) };
    for (const change of [approveAll, { terminal }]) {
      const told: string[] = [];
      const memory = begun();
      expect(await runOn(memory, onlyGrace, { ...change, tell: (_, text) => told.push(text) })).toBe('waiting');
      expect(told.join()).toContain('NOT_AN_APPROVER');
      expect(eventsOf(memory).filter(({ type }) => type === 'answered')).toEqual([]);
    }
  });

  test('asks on the terminal, and stops asking when somebody else has answered', async () => {
    const memory = begun();
    const asked: string[] = [];
    const terminal = {
      ask: (node: { id: string }, _: unknown, signal: AbortSignal) =>
        new Promise<never>((_resolve, reject) => {
          asked.push(node.id);
          signal.addEventListener('abort', () => reject(signal.reason));
          answerQuestion({ store: memory.store, run: 'r', now: new Date(0) }, node.id, {
            decision: 'approve',
            by: { user: 'grace', account: 'grace' },
            via: 'command',
          });
        }),
    };
    expect(await runOn(memory, courseOf(chain, newWorld()), { terminal })).toBe('succeeded');
    expect(asked).toEqual(['gate']);
    expect(
      stateOf(memory)
        .nodes.get('gate')
        ?.answers.map(({ by }) => by.user),
    ).toEqual(['grace']);
  });
});

describe('a crash', () => {
  class Crash extends Error {}

  /** Runs to the end, crashing at the operations given by `crashes`, and counts every process. */
  async function runThrough(
    sketches: readonly NodeSketch[],
    world: World,
    crashes: readonly number[],
    change: { readonly concurrency?: number } = {},
  ) {
    const memory = begun();
    const pending = [...crashes];
    for (let processes = 1; ; processes++) {
      let operation = 0;
      let dead = false;
      const strike = () => {
        // A dead process does nothing any more, neither to the journal nor to the world.
        if (!dead && operation++ === pending[0]) {
          pending.shift();
          dead = true;
        }
        if (dead) throw new Crash();
      };
      memory.interfere = strike;
      world.touch = strike;
      try {
        const end = await runOn(memory, courseOf(sketches, world), { ...approveAll, ...change });
        memory.interfere = () => {};
        return { memory, end, processes };
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
      }
    }
  }

  const random = fc
    .array(
      fc.record({
        after: fc.array(fc.nat(), { maxLength: 3 }),
        wave: fc.nat(2),
        gate: fc.boolean(),
        fails: fc.nat(12),
      }),
      {
        minLength: 1,
        maxLength: 10,
      },
    )
    .map((nodes) =>
      nodes
        .toSorted((a, b) => a.wave - b.wave)
        .map(
          ({ after, wave, gate, fails }, index): NodeSketch => ({
            id: `n${index}`,
            group: `w${wave}`,
            after: index === 0 ? [] : [...new Set(after.map((earlier) => `n${earlier % index}`))],
            kind: gate ? 'question' : 'task',
            ...(fails === 0 ? { end: 'fail' as const } : {}),
          }),
        ),
    );

  test('at any operations loses no acknowledged result, repeats nothing finished, and ends as without it', async () => {
    await fc.assert(
      fc.asyncProperty(random, fc.array(fc.nat(30), { maxLength: 6 }), async (sketches, crashes) => {
        const calm = await runThrough(sketches, newWorld(), []);
        const world = newWorld();
        const { memory, end } = await runThrough(sketches, world, crashes);
        const events = eventsOf(memory);
        expect(end).toBe(calm.end);
        for (const { id, kind } of sketches) {
          const ends = events.filter((event) => event.type === 'actionEnded' && event.node === id);
          expect(ends.length).toBeLessThanOrEqual(1);
          const first = events.findIndex((event) => event.type === 'actionEnded' && event.node === id);
          const later = events.slice(first + 1).filter((event) => event.type === 'actionStarted' && event.node === id);
          if (first >= 0) expect(later).toEqual([]);
          if (kind === 'question' && ends.length > 0)
            expect(events.some((event) => event.type === 'answered' && event.node === id)).toBe(true);
        }
        // What fails first may differ with the moment of a crash; what succeeds does not.
        if (end === 'succeeded') {
          const outcomes = (of: MemoryStore) =>
            [...stateOf(of).nodes].map(([id, { outcome, result }]) => [id, outcome, result]);
          expect(outcomes(memory).toSorted()).toEqual(outcomes(calm.memory).toSorted());
        }
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['one after the other', 1],
    ['four at a time', 4],
  ])('before and after every single operation of a run of 30 actions, %s', async (_how, concurrency) => {
    const sketches: NodeSketch[] = Array.from({ length: 30 }, (_, index) => ({
      id: `n${index}`,
      after: index < 3 ? [] : [`n${index - 3}`],
      kind: index % 10 === 5 ? 'question' : 'task',
    }));
    let crashed = 0;
    for (let at = 0; ; at++) {
      const world = newWorld();
      const { memory, end, processes } = await runThrough(sketches, world, [at], { concurrency });
      expect(end).toBe('succeeded');
      expect([...stateOf(memory).nodes.values()].map(({ outcome }) => outcome)).toEqual(Array(30).fill('succeeded'));
      const acknowledged = eventsOf(memory).filter(({ type }) => type === 'actionEnded');
      expect(acknowledged).toHaveLength(30);
      if (processes === 1) break;
      crashed += 1;
    }
    // 27 deeds and the end of the run, before and after each, and what was written of them in groups.
    expect(crashed).toBeGreaterThan(2 * 28 + 2 * (concurrency === 1 ? 54 : 15));
  });
});
