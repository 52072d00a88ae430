/**
 * Real kills, `CDKPIPE_KILLS` of them, at random instants of runs with 30 actions. 20 by default, as each costs the
 * start of a process; set 300 where time allows.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JournalRecord } from '../journal/record.ts';
import { openRunStore } from '../store/run-store.ts';
import { killSketches } from './kill-plan.test.fixture.ts';
import { emptyRun, foldRecords } from './run-state.ts';

const kills = Number(process.env.CDKPIPE_KILLS ?? 20);
const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-kill-'));
// Beside the sources, so that it finds the packages they need.
const program = join(import.meta.dirname, '../../node_modules/.cache/kill-run.mjs');

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'kill-run.test.fixture.ts')],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

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

/** Starts the program, and kills it `delay` milliseconds after it is ready; gives whether it was killed. */
async function live(directory: string, delay: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<boolean>((resolve) => {
    child.once('exit', (_, signal) => resolve(signal === 'SIGKILL'));
  });
  await Promise.race([isReady(child), closed]);
  if (delay > 0) await Promise.race([wait(delay), closed]);
  child.kill('SIGKILL');
  return closed;
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.stdout?.once('data', () => resolve()));
}

/** A run that is killed until it has ended, with everything held against what was acknowledged; gives the kills. */
async function runUnderFire(directory: string, random: () => number): Promise<number> {
  let killed = 0;
  // On a busy machine a life must last longer to bring the run on at all.
  let span = 80;
  while (linesOf(directory, 'ends').length === 0) {
    const before = linesOf(directory, 'acknowledged').length;
    const wasKilled = await live(directory, random() < 0.1 ? 0 : random() * span);
    span = linesOf(directory, 'acknowledged').length > before ? 80 : span * 1.5;
    killed += wasKilled ? 1 : 0;
    if (!wasKilled) expect(linesOf(directory, 'ends')).toHaveLength(1);
    const ended = new Set(
      recordsOf(directory).flatMap(({ event }) => (event.type === 'actionEnded' ? [event.node] : [])),
    );
    for (const node of linesOf(directory, 'acknowledged')) expect(ended).toContain(node);
  }
  const records = recordsOf(directory);
  const ends = new Map<string, number>();
  for (const { seq, event } of records) {
    if (event.type === 'actionEnded') {
      expect(ends.has(event.node)).toBe(false);
      ends.set(event.node, seq);
    }
    if (event.type === 'actionStarted') expect(ends.has(event.node)).toBe(false);
  }
  const state = foldRecords(emptyRun, records);
  expect(state.ended?.outcome).toBe('succeeded');
  for (const { id, kind } of killSketches) {
    expect(state.nodes.get(id)).toMatchObject({ outcome: 'succeeded' });
    if (kind === 'task') expect(state.nodes.get(id)).toMatchObject({ result: id });
    if (kind === 'task') expect(linesOf(directory, 'done')).toContain(id);
    // Begun as often as the journal says, and never again after its result was acknowledged.
    if (kind === 'task')
      expect(linesOf(directory, 'begun').filter((node) => node === id).length).toBeLessThanOrEqual(
        state.nodes.get(id)?.attempt ?? 0,
      );
  }
  for (const pid of linesOf(directory, 'pids')) await untilGone(Number(pid));
  return killed;
}

async function untilGone(pid: number): Promise<void> {
  const lives = () => {
    try {
      return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  };
  while (lives()) await wait(20);
}

test(`${kills} kills lose nothing that was acknowledged, repeat nothing that has finished, and leave no orphan`, async () => {
  let left = kills;
  let runs = 0;
  const lane = async () => {
    while (left > 0) left -= await runUnderFire(mkdtempSync(join(scratch, `run-${runs++}-`)), Math.random);
  };
  await Promise.all([lane(), lane()]);
  expect(left).toBeLessThanOrEqual(0);
}, 600_000);
