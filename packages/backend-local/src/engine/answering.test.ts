import { isCdkpipeError } from '@cdkpipe/core';
import { describe, expect, test } from 'vitest';
import { asked, started } from '../journal/events.test.fixture.ts';
import type { Question } from '../journal/run-event.ts';
import { openRunStore } from '../store/run-store.ts';
import { engineFile, makeStoreDirectory, runModule } from '../store/store.test.fixture.ts';
import { type Answer, answerQuestion } from './answering.ts';
import { begun, type MemoryStore } from './engine.test.fixture.ts';

function asking(change: Partial<Question> = {}): MemoryStore {
  const memory = begun();
  const approvers = { ...(change.approvers ?? { count: 1 }), claimed: true as const };
  memory.store.append('r', new Date(0), asked('Prod/Review', { ...change, approvers }));
  return memory;
}

function answer({ store }: MemoryStore, user: string, change: Partial<Answer> & { at?: number; step?: string } = {}) {
  const { at = 1, step = 'Prod/Review', ...rest } = change;
  try {
    const by = { user, account: 'root' };
    return answerQuestion({ store, run: 'r', now: new Date(at) }, step, {
      decision: 'approve',
      via: 'command',
      by,
      ...rest,
    });
  } catch (error) {
    if (isCdkpipeError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
}

describe('an answer', () => {
  test('is kept with who, when, why and what for', () => {
    const memory = asking();
    expect(answer(memory, 'ada', { comment: 'read it' })).toEqual({ digest: 'd'.repeat(64), missing: 0 });
    expect(memory.store.read('r').at(-1)).toMatchObject({
      at: new Date(1).toISOString(),
      event: {
        type: 'answered',
        by: { user: 'ada', account: 'root' },
        comment: 'read it',
        digest: 'd'.repeat(64),
        via: 'command',
      },
    });
  });

  test('that comes second is told of the first', () => {
    const memory = asking();
    answer(memory, 'ada');
    expect(answer(memory, 'grace', { decision: 'reject' })).toMatch(/^ALREADY_ANSWERED: .*ada approved it at 1970-/);
    expect(memory.store.read('r')).toHaveLength(3);
  });

  test.each([
    ['about a step that is not asked', { step: 'Prod/Done' }, /^NOT_ASKED/],
    ['after the time is over', { at: 10_000 }, /^ANSWERED_TOO_LATE/],
    ['of somebody who is no approver', {}, /^NOT_AN_APPROVER: "eve" is not among .*: ada, Grace/],
  ])('%s does not count', (_what, change, outcome) => {
    const memory = asking({ expires: new Date(5000).toISOString(), approvers: { count: 1, of: ['ada', 'Grace'] } });
    expect(answer(memory, 'eve', change)).toMatch(outcome);
    expect(memory.store.read('r')).toHaveLength(2);
  });

  test('of a quorum counts each person once, without case, and any rejection decides', () => {
    const quorum = { approvers: { count: 2, of: ['ada', 'Grace', 'linus'] } };
    const memory = asking(quorum);
    expect(answer(memory, 'ada')).toMatchObject({ missing: 1 });
    expect(answer(memory, 'ADA')).toMatch(/^ALREADY_ANSWERED/);
    expect(answer(memory, 'grace')).toMatchObject({ missing: 0 });
    const rejected = asking(quorum);
    answer(rejected, 'ada');
    expect(answer(rejected, 'eve', { decision: 'reject' })).toMatchObject({ missing: 0 });
    expect(answer(rejected, 'grace')).toMatch(/^ALREADY_ANSWERED: .*eve rejected it/);
  });

  test('of 100 racers in 10 processes has one winner, and the others are told who', async () => {
    const directory = makeStoreDirectory();
    const store = openRunStore(directory);
    store.begin('r', started(), new Date());
    store.append('r', new Date(), asked('Prod/Review'));
    const source = `
      import { answerQuestion, openRunStore } from '${engineFile}';
      const [directory, name, at] = process.argv.slice(1);
      const stores = Array.from({ length: 10 }, () => openRunStore(directory));
      await new Promise((resolve) => setTimeout(resolve, Number(at) - Date.now()));
      for (const [index, store] of stores.entries()) {
        const user = name + '-' + index;
        try {
          answerQuestion({ store, run: 'r', now: new Date() }, 'Prod/Review', { decision: index % 2 ? 'approve' : 'reject', by: { user, account: 'root' }, via: 'command' });
          console.log('won ' + user);
        } catch (error) { console.log(error.code + ' ' + /: (\\S+)/.exec(error.message)?.[1]); }
        await new Promise((resolve) => setImmediate(resolve));
      }`;
    const at = String(Date.now() + 1500);
    const printed = await Promise.all(
      Array.from({ length: 10 }, (_, index) => runModule(source, [directory, `p${index}`, at])),
    );
    const lines = printed.flatMap((text) => text.split('\n'));
    const winners = lines.filter((line) => line.startsWith('won '));
    expect(lines).toHaveLength(100);
    expect(winners).toHaveLength(1);
    expect(lines.filter((line) => line === `ALREADY_ANSWERED ${winners[0]?.slice(4)}`)).toHaveLength(99);
    expect(store.read('r').filter(({ event }) => event.type === 'answered')).toHaveLength(1);
    store.close();
  });
});
