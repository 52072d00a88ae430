/** Stores in directories of their own, and what a run begins with. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Question, RunEvent, RunStarted } from '../journal/run-event.ts';

/** What was built, for processes that run it as users do. */
export const engineFile = new URL('../../dist/engine.js', import.meta.url).href;

export function makeStoreDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, '.cdkpipe');
}

export const person = { user: 'ada', account: 'ada' };

export const started = (pipeline = 'shop'): RunStarted => ({
  type: 'runStarted',
  pipeline,
  mode: 'rehearsal',
  deployer: 'rehearsal',
  source: { dirty: false },
  skipBuild: true,
  model: 'm',
  by: person,
});

export const question: Question = {
  about: 'gate',
  title: 'Review',
  details: [],
  approvers: { count: 1 },
  digest: 'd'.repeat(64),
};

export const asked = (node: string, change: Partial<Question> = {}): RunEvent => ({
  type: 'questionAsked',
  node,
  question: { ...question, ...change },
});

/** Runs a module in a process of its own and gives what it printed. */
export function runModule(source: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', source, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.once('error', reject);
    child.once('close', () => resolve(printed.trim()));
  });
}
