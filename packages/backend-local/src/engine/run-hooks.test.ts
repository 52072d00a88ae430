/** What plugins hear along a run, and what becomes of the run where they misbehave. */
import { type HookInputs, pluginFailed, type RunHookName } from '@cdkpipe/core';
import type { RunHooks } from '@cdkpipe/core/host';
import { describe, expect, test } from 'vitest';
import { person } from '../journal/events.test.fixture.ts';
import { openRecord } from '../journal/record.ts';
import { answerQuestion } from './answering.ts';
import { begun, courseOf, type MemoryStore, newWorld, runOn } from './engine.test.fixture.ts';
import type { NodeSketch } from './plan.test.fixture.ts';

const all: readonly RunHookName[] = ['runStart', 'actionStart', 'actionEnd', 'runEnd'];
const chain: NodeSketch[] = [{ id: 'a' }, { id: 'gate', kind: 'question', after: ['a'] }, { id: 'b', after: ['gate'] }];
const approved = { prepared: () => ({ decision: 'approve' as const, comment: 'read' }) };

interface Ear {
  readonly hooks: RunHooks;
  /** `actionEnd a`, in the order in which it was heard. */
  readonly heard: string[];
  readonly events: HookInputs[RunHookName][];
  /** The call that is to fail; `undefined` for none. */
  fault: string | undefined;
}

const boom = pluginFailed([{ code: 'PLUGIN_FAILED', message: 'boom', plugin: '@acme/ear', version: '1.2.3' }]);

function newEar(tapped: readonly RunHookName[] = all): Ear {
  const ear: Ear = {
    heard: [],
    events: [],
    fault: undefined,
    hooks: {
      isTapped: (hook) => tapped.includes(hook),
      call: async (hook, event) => {
        if (!tapped.includes(hook)) return;
        await new Promise((resolve) => setImmediate(resolve));
        const call = [hook, ...('node' in event ? [event.node.id] : [])].join(' ');
        ear.heard.push(call);
        ear.events.push(event);
        if (call === ear.fault) throw boom;
      },
    },
  };
  return ear;
}

const eventsOf = ({ records }: MemoryStore) => records.map((record) => openRecord(record).event);
const told = (memory: MemoryStore) =>
  eventsOf(memory).flatMap((event) => (event.type === 'actionTold' ? [event.node] : []));

describe('plugins', () => {
  test('hear of every start and every end, in order, each before anything that builds upon it', async () => {
    const memory = begun();
    const ear = newEar();
    const world = newWorld();
    world.touch = (node, when) => when === 'before' && ear.heard.push(`deed ${node}`);
    expect(await runOn(memory, courseOf(chain, world), { ...approved, hooks: ear.hooks })).toBe('succeeded');
    expect(ear.heard).toEqual([
      'runStart',
      'actionStart a',
      'deed a',
      'actionEnd a',
      'actionStart gate',
      'actionEnd gate',
      'actionStart b',
      'deed b',
      'actionEnd b',
      'runEnd',
    ]);
    expect(ear.events[0]).toEqual({ run: { id: 'r', pipeline: 'shop', mode: 'rehearsal' }, resumed: false });
    expect(ear.events[3]).toMatchObject({ attempt: 1, question: { title: 'gate', digest: expect.any(String) } });
    expect(ear.events[4]).toMatchObject({
      outcome: 'succeeded',
      answers: [{ decision: 'approve', user: 'ada', comment: 'read', at: expect.any(String) }],
    });
    expect(ear.events.at(-1)).toMatchObject({ outcome: 'succeeded' });
    expect(told(memory)).toEqual(['a', 'gate', 'b']);
  });

  test('cost no write where they do not tap ends', async () => {
    const memory = begun();
    await runOn(memory, courseOf(chain, newWorld()), { ...approved, hooks: newEar(['actionStart']).hooks });
    expect(told(memory)).toEqual([]);
  });

  test('hear of a run that waits when it goes on, and of its end only once', async () => {
    const memory = begun();
    const ear = newEar(['runStart', 'runEnd']);
    expect(await runOn(memory, courseOf(chain, newWorld()), { hooks: ear.hooks })).toBe('waiting');
    expect(ear.heard).toEqual(['runStart']);
    expect(await runOn(memory, courseOf(chain, newWorld()), { hooks: ear.hooks })).toBe('waiting');
    expect(ear.events.at(-1)).toMatchObject({ resumed: true });
    answerQuestion({ store: memory.store, run: 'r', now: new Date(1) }, 'gate', {
      decision: 'reject',
      comment: 'no',
      by: person,
      via: 'command',
    });
    expect(await runOn(memory, courseOf(chain, newWorld()), { hooks: ear.hooks })).toBe('rejected');
    expect(ear.heard).toEqual(['runStart', 'runStart', 'runStart', 'runEnd']);
    expect(ear.events.at(-1)).toMatchObject({ outcome: 'rejected', reason: 'gate: rejected by ada: no' });
  });

  test('hold up only what comes after: an action beside it runs on', async () => {
    const sketches: NodeSketch[] = [{ id: 'x' }, { id: 'y' }, { id: 'x2', after: ['x'] }, { id: 'y2', after: ['y'] }];
    const world = newWorld();
    let letGo: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    world.touch = (node, when) => when === 'after' && node === 'y2' && letGo();
    const hooks: RunHooks = {
      isTapped: () => true,
      call: async (hook, event) => {
        if (hook === 'actionEnd' && 'node' in event && event.node.id === 'x') await held;
      },
    };
    expect(await runOn(begun(), courseOf(sketches, world), { hooks })).toBe('succeeded');
    expect(world.done).toEqual(['x', 'y', 'y2', 'x2']);
  });
});

describe('a tap that fails stops the run, which keeps what it has and goes on when it is resumed', () => {
  test.each([
    // fault, deeds before it, what is heard again when the run goes on
    ['runStart', [], ['runStart', 'actionStart a']],
    ['actionStart a', [], ['runStart', 'actionStart a']],
    ['actionEnd a', ['a'], ['runStart', 'actionEnd a', 'actionStart gate']],
    ['actionStart gate', ['a'], ['runStart', 'actionStart gate']],
    ['actionEnd gate', ['a'], ['runStart', 'actionEnd gate', 'actionStart b']],
    ['actionStart b', ['a'], ['runStart', 'actionStart b']],
    ['actionEnd b', ['a', 'b'], ['runStart', 'actionEnd b', 'runEnd']],
    ['runEnd', ['a', 'b'], ['runStart', 'runEnd']],
  ])('%s', async (fault, deeds, again) => {
    const memory = begun();
    const world = newWorld();
    const ear = newEar();
    ear.fault = fault;
    const run = () => runOn(memory, courseOf(chain, world), { ...approved, hooks: ear.hooks });
    // As often as it fails, nothing behind it happens: a veto holds.
    for (let tries = 0; tries < 3; tries++) {
      await expect(run()).rejects.toBe(boom);
      expect(world.done).toEqual(deeds);
      expect(eventsOf(memory).at(-1)).toEqual({
        type: 'runInterrupted',
        reason: 'plugin',
        fault: '@acme/ear 1.2.3: boom (PLUGIN_FAILED)',
      });
    }
    ear.fault = undefined;
    ear.heard.length = 0;
    expect(await run()).toBe('succeeded');
    expect(world.done).toEqual(['a', 'b']);
    expect(ear.heard.slice(0, again.length)).toEqual(again);
  });

  test('while what runs beside it comes to its end', async () => {
    const memory = begun();
    const world = newWorld();
    const ear = newEar();
    ear.fault = 'actionEnd x';
    const slow = courseOf([{ id: 'x' }, { id: 'y' }, { id: 'z', after: ['y'] }], world);
    const course: typeof slow = {
      ...slow,
      workOf: async (plan, node, state) => {
        const work = await slow.workOf(plan, node, state);
        if (node.id !== 'y' || work.type !== 'task') return work;
        return {
          ...work,
          run: async (signal) => {
            while (!ear.heard.includes('actionEnd x')) await new Promise((resolve) => setImmediate(resolve));
            return work.run(signal);
          },
        };
      },
    };
    await expect(runOn(memory, course, { hooks: ear.hooks })).rejects.toBe(boom);
    expect(world.done).toEqual(['x', 'y']);
    expect(eventsOf(memory)).toContainEqual(expect.objectContaining({ type: 'actionEnded', node: 'y' }));
  });

  test('and is not asked about an action once another has failed', async () => {
    const world = newWorld();
    const ear = newEar();
    const course = courseOf([{ id: 'x', end: 'fail' }, { id: 'y' }], world);
    expect(await runOn(begun(), course, { hooks: ear.hooks, concurrency: 1 })).toBe('failed');
    expect(ear.heard).toEqual(['runStart', 'actionStart x', 'actionEnd x', 'runEnd']);
  });
});

test('an interruption cuts taps short without blaming them, and they are called again', async () => {
  const memory = begun();
  const stop = new AbortController();
  const ear = newEar();
  const cut: RunHooks = {
    isTapped: () => true,
    call: async (hook, event) => {
      if (hook === 'actionEnd') {
        stop.abort();
        throw stop.signal.reason;
      }
      await ear.hooks.call(hook, event);
    },
  };
  const world = newWorld();
  expect(await runOn(memory, courseOf([{ id: 'a' }], world), { hooks: cut, stop: stop.signal })).toBe('interrupted');
  ear.heard.length = 0;
  expect(await runOn(memory, courseOf([{ id: 'a' }], world), { hooks: ear.hooks })).toBe('succeeded');
  expect(ear.heard).toEqual(['runStart', 'actionEnd a', 'runEnd']);
  expect(world.done).toEqual(['a']);
});

test('a fault of a plugin that nobody waits for stops the run too, and is what it ends with', async () => {
  const memory = begun();
  const stop = new AbortController();
  const world = newWorld();
  world.touch = (node, when) => when === 'before' && node === 'a' && stop.abort(boom);
  await expect(runOn(memory, courseOf(chain, world), { ...approved, stop: stop.signal })).rejects.toBe(boom);
  expect(world.done).toEqual(['a']);
  expect(eventsOf(memory).at(-1)).toMatchObject({ type: 'runInterrupted', reason: 'plugin' });
});
