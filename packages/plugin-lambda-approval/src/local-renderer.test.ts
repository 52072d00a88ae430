/** `lambda` on this machine, in real processes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalContext, TaskResult, TaskTools } from '@cdkpipe/backend-local';
import type { StepOf } from '@cdkpipe/core';
import { expect, onTestFinished, test } from 'vitest';
import { lambdaOnThisMachine } from './local-renderer.ts';
import type { LambdaOptions } from './options.ts';

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-lambda-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

type RunSpec = Parameters<TaskTools['run']>[0];

/** Runs a check; a minute of its time-out lasts as long as `minute` says, in milliseconds, a pause `nights` times as long. */
async function decide(source: string, options: Partial<LambdaOptions> = {}, minute = 60_000, nights = 1) {
  const projectDirectory = scratch();
  writeFileSync(join(projectDirectory, 'check.mjs'), source);
  const specs: RunSpec[] = [];
  const run: TaskTools['run'] = (spec) => {
    specs.push(spec);
    const timeout = ((spec.timeoutMs ?? 0) / 60_000) * minute;
    return new Promise((resolve, reject) => {
      const { file, args, cwd, env } = spec;
      const child = spawn(file, [...args], { cwd, env: { ...env }, stdio: 'ignore', timeout, killSignal: 'SIGKILL' });
      child.once('error', reject);
      child.once('close', (exitCode, signal) => resolve({ exitCode, signal, timedOut: signal === 'SIGKILL' }));
    });
  };
  const step = {
    kind: 'lambda',
    name: 'Latency',
    path: 'step',
    options: { handler: './check.mjs', ...options },
  } as unknown as StepOf<LambdaOptions>;
  // Of context and tools, the renderer uses what stands here.
  const context = { projectDirectory, value: () => 'https://shop.test' } as unknown as LocalContext;
  const action = await lambdaOnThisMachine.render(step, context);
  if (action.type !== 'task') throw new Error(`expected a task, found a ${action.type}`);
  const lines: string[] = [];
  let now = 0;
  const tools = {
    run,
    scratch: async () => scratch(),
    log: (line: string) => void lines.push(line),
    now: () => new Date(now),
    sleep: async (milliseconds: number) => {
      now += milliseconds * nights;
    },
  } as unknown as TaskTools;
  const result: TaskResult = await action.run(new AbortController().signal, tools);
  return { result, retry: action.retry, specs, lines };
}

test('the handler decides, with its payload', async () => {
  const source = `export async function handler(event) {
    return { approved: event.limit > 3, reason: 'limit ' + event.limit };
  }`;
  expect((await decide(source, { payload: { limit: 5 } })).result).toMatchObject({ approved: true });
  expect((await decide(source, { payload: { limit: 2 } })).result).toEqual({ approved: false, reason: 'limit 2' });
});

test('a check that does not end is ended when its time is over, and has not approved', async () => {
  const source = 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 3_600_000));';
  const { result, specs } = await decide(source, { timeout: 2 }, 400);
  expect(result).toEqual({ approved: false, reason: 'the check did not finish within 2 minutes' });
  expect(specs.map(({ timeoutMs }) => timeoutMs)).toEqual([120_000]);
});

test('a check that does not yield is ended too', async () => {
  const { result } = await decide('export const handler = () => { for (;;); };', { timeout: 1 }, 800);
  expect(result).toEqual({ approved: false, reason: 'the check did not finish within 1 minute' });
});

test('a check that takes more memory than Lambda would give it is ended, and has not approved', async () => {
  const source = `export const handler = () => {
    const all = [];
    for (;;) all.push(new Array(8_000_000).fill(all.length + 0.5));
  };`;
  const { result } = await decide(source);
  expect(result).toMatchObject({ approved: false, reason: expect.stringMatching(/more than 512 MiB$/) });
});

test.each([
  ['ends its process', 'process.exit(0)', 'the check called process.exit(0); return or throw instead'],
  ['is killed', "process.kill(process.pid, 'SIGTERM')", 'the check was ended by SIGTERM before it had decided'],
  ['throws', "(() => { throw new Error('no table'); })()", expect.stringContaining('no table')],
])('a check that %s has not approved', async (_what, expression, reason) => {
  const source = `export const handler = async () => { ${expression}; await new Promise(() => setTimeout(() => {}, 60_000)); };`;
  expect((await decide(source)).result).toEqual({ approved: false, reason });
});

test('a check that was cut in the middle is not run again unasked', async () => {
  expect((await decide('export const handler = () => ({ approved: true });')).retry).toBe('ask');
});

test('a check that has not decided is called again with its state, and has not approved before it does', async () => {
  const source = `export const handler = (_payload, { state = 0 }) =>
    state < 2 ? { pending: true, state: state + 1, reason: 'try ' + state } : { approved: false, reason: 'after ' + state };`;
  const { result, lines, specs } = await decide(source);
  expect(result).toEqual({ approved: false, reason: 'after 2' });
  expect(lines).toEqual(['not decided yet: try 0', 'not decided yet: try 1']);
  expect(specs).toHaveLength(3);
});

test('a check that never decides fails when CodePipeline would have given it up', async () => {
  const { result } = await decide('export const handler = () => ({ pending: true });', {}, 60_000, 8640 / 2);
  expect(result).toEqual({ approved: false, reason: 'the check has not decided in 24 hours' });
});

test('a later call that ends without a verdict has not got the one before', async () => {
  const source = `export const handler = (_payload, { state }) => {
    if (state) process.kill(process.pid, 'SIGKILL');
    return { pending: true, state: 1 };
  };`;
  expect((await decide(source)).result).toMatchObject({ approved: false });
});
