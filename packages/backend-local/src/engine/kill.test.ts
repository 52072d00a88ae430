/**
 * Real kills at random instants of runs with 30 actions, `CDKPIPE_KILLS` of them. Only those count that hit a process
 * while its run was under way.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JournalRecord } from '../journal/record.ts';
import { emptyRun, foldRecords, type RunState } from '../state/run-state.ts';
import { openRunStore } from '../store/run-store.ts';
import { killSketches } from './kill-plan.test.fixture.ts';
import { isRunning, type Lives, makeLives } from './lives.test.fixture.ts';

const wanted = Number(process.env.CDKPIPE_KILLS ?? 300);
const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-kill-'));
const newRun = () => mkdtempSync(join(scratch, 'run-'));
let program = '';

beforeAll(async () => {
  program = await buildProgram(scratch);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Bundles the program into one file, as loading many takes several times as long as what it does. */
async function buildProgram(directory: string): Promise<string> {
  const program = join(directory, 'kill-run.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'kill-run.test.fixture.ts')],
    outfile: program,
    bundle: true,
    external: ['libsql'],
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  const packages = dirname(dirname(createRequire(import.meta.url).resolve('libsql')));
  symlinkSync(packages, join(directory, 'node_modules'));
  return program;
}

const linesOf = (directory: string, file: string): string[] => {
  const path = join(directory, file);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
};

function recordsOf(directory: string): JournalRecord[] {
  const store = openRunStore(join(directory, '.cdkpipe'));
  try {
    return store.list().length === 0 ? [] : store.read('r');
  } finally {
    store.close();
  }
}

/** What a run has come to, whatever happened on the way. */
function finalState({ nodes, ended }: RunState): unknown {
  const ends = [...nodes].map(([id, { phase, outcome, result, answers }]) => {
    const decisions = answers.map(({ decision, by, digest }) => ({ decision, by, digest }));
    return { id, phase, outcome, result, decisions };
  });
  return { outcome: ended?.outcome, nodes: ends.toSorted((a, b) => a.id.localeCompare(b.id)) };
}

/** What a run that nobody disturbs comes to. */
async function runCalmly(lives: Lives): Promise<unknown> {
  const directory = newRun();
  expect(await lives.live(directory, 600_000)).toBe(false);
  return finalState(foldRecords(emptyRun, recordsOf(directory)));
}

/** How long a life may last at most, in milliseconds: found by itself, as machines and their load differ. */
class Span {
  milliseconds = 50;

  /** A life should bring the run on by a few actions, so that many kills hit it. */
  learn(progress: number): void {
    if (progress > 1) this.milliseconds *= 0.8;
    if (progress === 0) this.milliseconds *= 1.25;
  }
}

/**
 * Carries on one run until it has ended, killing it again and again.
 *
 * @returns how many kills hit it while it was under way
 */
async function runUnderFire(directory: string, lives: Lives, span: Span): Promise<number> {
  let kills = 0;
  while (linesOf(directory, 'ends').length === 0) {
    const before = linesOf(directory, 'acknowledged').length;
    const wasKilled = await lives.live(directory, Math.random() * span.milliseconds);
    if (!wasKilled) expect(linesOf(directory, 'ends')).toHaveLength(1);
    const records = recordsOf(directory);
    const isUnderWay = records.length > 0 && records.at(-1)?.event.type !== 'runEnded';
    if (wasKilled && isUnderWay) kills += 1;
    // Hit after the last record and before it could say so.
    const isOver = wasKilled && records.at(-1)?.event.type === 'runEnded';
    const acknowledged = linesOf(directory, 'acknowledged');
    const ended = new Set(records.flatMap(({ event }) => (event.type === 'actionEnded' ? [event.node] : [])));
    for (const node of acknowledged) expect(ended).toContain(node);
    span.learn(acknowledged.length - before);
    if (isOver) break;
  }
  return kills;
}

/** Holds the journal of a run that was killed against what its actions did to the world. */
async function judge(directory: string, calm: unknown): Promise<void> {
  const records = recordsOf(directory);
  const ended = new Set<string>();
  for (const { event } of records) {
    if (event.type !== 'actionEnded' && event.type !== 'actionStarted') continue;
    expect(ended).not.toContain(event.node);
    if (event.type === 'actionEnded') ended.add(event.node);
  }
  const state = foldRecords(emptyRun, records);
  expect(finalState(state)).toEqual(calm);
  const begun = linesOf(directory, 'begun');
  const done = new Set(linesOf(directory, 'done'));
  for (const { id, kind } of killSketches) {
    if (kind !== 'task') continue;
    expect(done).toContain(id);
    // Begun no more often than the journal says, and so never again after its result was acknowledged.
    const attempts = state.nodes.get(id)?.attempt ?? 0;
    expect(begun.filter((node) => node === id).length).toBeLessThanOrEqual(attempts);
  }
  await expectNoOrphan(linesOf(directory, 'pids').map(Number));
}

/** The guard of a process group needs a moment to end it; what lives much longer is an orphan. */
async function expectNoOrphan(pids: readonly number[]): Promise<void> {
  for (let round = 0; round < 500 && pids.some(isRunning); round++) await wait(20);
  expect(pids.filter(isRunning)).toEqual([]);
}

test(`${wanted} kills lose nothing that was acknowledged, repeat nothing that has finished, and leave no orphan`, async () => {
  let kills = 0;
  let runs = 0;
  const lane = async () => {
    const lives = makeLives(program);
    const span = new Span();
    try {
      const calm = await runCalmly(lives);
      while (kills < wanted) {
        const directory = newRun();
        kills += await runUnderFire(directory, lives, span);
        await judge(directory, calm);
        rmSync(directory, { recursive: true, force: true });
        runs += 1;
      }
    } finally {
      lives.close();
    }
  };
  await Promise.all([lane(), lane()]);
  process.stderr.write(`${kills} kills over ${runs} runs of ${killSketches.length} actions\n`);
  expect(kills).toBeGreaterThanOrEqual(wanted);
}, 1_200_000);
