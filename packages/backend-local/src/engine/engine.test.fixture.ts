/** A store in memory, and work that remembers what was done to the world. */

import { unreachable } from '@cdkpipe/core';
import type { Clock } from '../contract/clock.ts';
import { person, question, started } from '../journal/events.test.fixture.ts';
import { emptyHead, openRecord, type StoredRecord, sealRecord } from '../journal/record.ts';
import type { RunEvent } from '../journal/run-event.ts';
import type { Course, WorkEnd } from '../state/course.ts';
import type { RunStore } from '../store/run-store.ts';
import { runEngine } from './engine.ts';
import type { EngineInput } from './engine-input.ts';
import { type NodeSketch, planOf } from './plan.test.fixture.ts';

/** What a test may do to the store: refuse before or after a write. */
export type Interference = (operation: number, when: 'before' | 'after') => void;

export interface MemoryStore {
  readonly store: RunStore;
  readonly records: StoredRecord[];
  interfere: Interference;
}

export function memoryStore(): MemoryStore {
  const records: StoredRecord[] = [];
  let operation = 0;
  const memory: MemoryStore = { records, interfere: () => {}, store: undefined as unknown as RunStore };
  const appendAll = (now: Date, events: readonly RunEvent[]) => {
    const number = operation++;
    const before = records.length;
    memory.interfere(number, 'before');
    for (const event of events) records.push(sealRecord(records.at(-1) ?? emptyHead('r'), now, event));
    memory.interfere(number, 'after');
    return records.slice(before).map(openRecord);
  };
  const append = (now: Date, event: RunEvent) => {
    const [record] = appendAll(now, [event]);
    return record ?? unreachable('one event makes one record');
  };
  const store: RunStore = {
    directory: '',
    begin: (_run, event, now) => void append(now, event),
    take: () => {},
    release: () => {},
    findHolder: () => undefined,
    append: (_run, now, event) => append(now, event),
    appendAll: (_run, now, events) => appendAll(now, events),
    decide: (_run, now, decide) => {
      const { event, result } = decide(records.map(openRecord));
      if (event) append(now, event);
      return result;
    },
    read: () => records.map(openRecord),
    readAfter: (_run, seq) => records.slice(seq).map(openRecord),
    list: () => [],
    remove: () => false,
    close: () => {},
  };
  return Object.assign(memory, { store });
}

export function begun(): MemoryStore {
  const memory = memoryStore();
  memory.store.begin('r', started(), new Date(0));
  return memory;
}

/** The world that actions change; outlives every process. */
export interface World {
  /** Node IDs, once for each time that an action came to its end. */
  readonly done: string[];
  /** Called before and after the deed of an action. */
  touch: (node: string, when: 'before' | 'after') => void;
}

export const newWorld = (): World => ({ done: [], touch: () => {} });

export const stoppedClock: Clock = { now: () => new Date(0), sleep: async () => {} };

export function courseOf(sketches: readonly NodeSketch[], world: World, waves: readonly unknown[] = []): Course {
  const plan = planOf(sketches, waves);
  return {
    beginning: plan,
    whole: plan,
    planWhole: async () => ({ plan, digest: 'd' }),
    workOf: async (_plan, { id }) => {
      const sketch = sketches.find((each) => each.id === id);
      if (sketch?.kind === 'question') return { type: 'question', question: { ...question, title: id } };
      return {
        type: 'task',
        retry: sketch?.retry ?? 'safe',
        run: async (): Promise<WorkEnd> => {
          world.touch(id, 'before');
          await new Promise((resolve) => setImmediate(resolve));
          world.done.push(id);
          world.touch(id, 'after');
          return sketch?.end === 'fail'
            ? { outcome: 'failed', reason: 'asked to' }
            : { outcome: 'succeeded', result: id };
        },
      };
    },
    rollBack: async (_plan, { id }) => {
      world.touch(`${id}:rollback`, 'before');
      await new Promise((resolve) => setImmediate(resolve));
      world.done.push(`${id}:rollback`);
      world.touch(`${id}:rollback`, 'after');
      return { outcome: 'restored', detail: 'as it was' };
    },
  };
}

export function runOn(
  { store }: MemoryStore,
  course: Course,
  change: Partial<EngineInput> = {},
): ReturnType<typeof runEngine> {
  return runEngine({
    run: 'r',
    store,
    clock: stoppedClock,
    course,
    concurrency: 4,
    person,
    stop: new AbortController().signal,
    kill: new AbortController().signal,
    observe: () => {},
    tell: () => {},
    ...change,
  });
}
