/**
 * A process that carries on a run of 30 actions, to be killed at any moment. It reads the directory of the run from
 * its input, so that it can be started before it is needed, and says `ready` when it begins.
 */
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { systemClock } from '../contract/clock.ts';
import { person, question, started } from '../journal/events.test.fixture.ts';
import { runGroup } from '../process/run-group.ts';
import type { Course } from '../state/course.ts';
import { openRunStore } from '../store/run-store.ts';
import { runEngine } from './engine.ts';
import { killSketches } from './kill-plan.test.fixture.ts';
import { planOf } from './plan.test.fixture.ts';

// The store loads it when it is opened; here nothing but the run itself is to take time.
createRequire(import.meta.url)('libsql');
const directory = await new Promise<string>((resolve) => {
  process.stdin.once('data', (line) => resolve(String(line).trim()));
});
process.stdout.write('ready\n');
const note = (file: string, line: string) => appendFileSync(join(directory, file), `${line}\n`);
const plan = planOf(killSketches);
const never = new AbortController().signal;

/** A command that leaves a process in the background, as those that must not become orphans. */
async function runCommand(signal: AbortSignal): Promise<void> {
  await runGroup({
    file: 'bash',
    args: ['-c', `sleep 300 & echo $! >> "${join(directory, 'pids')}"; sleep 0.01`],
    cwd: directory,
    env: { PATH: process.env.PATH ?? '' },
    secrets: new Set(),
    signal,
    print() {},
  });
}

const course: Course = {
  beginning: plan,
  whole: plan,
  planWhole: async () => ({ plan, digest: 'd' }),
  workOf: async (_plan, { id, type }) => {
    if (type === 'approve') return { type: 'question', question: { ...question, title: id } };
    return {
      type: 'task',
      retry: 'safe',
      run: async (signal) => {
        note('begun', id);
        if (Number(id.slice(1)) % 10 === 4) await runCommand(signal);
        note('done', id);
        return { outcome: 'succeeded', result: id };
      },
    };
  },
  rollBack: async () => ({ outcome: 'unchanged', detail: '' }),
};

const store = openRunStore(join(directory, '.cdkpipe'));
if (store.list().length === 0) store.begin('r', started(), new Date());
else store.take('r', new Date());
const end = await runEngine({
  run: 'r',
  store,
  clock: systemClock(),
  course,
  concurrency: 3,
  person,
  prepared: () => ({ decision: 'approve' }),
  stop: never,
  kill: never,
  // What is told here has been acknowledged: it must never be lost.
  observe: ({ event }, past) => {
    if (!past && event.type === 'actionEnded') note('acknowledged', event.node);
  },
  tell: () => {},
});
note('ends', end);
process.exit(0);
