/** Every process that a step has started ends with it, also one that has left its group, and no other process does. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cleanEnvironment } from './clean-environment.ts';
import { type GroupSpec, runGroup } from './run-group.ts';
import { makeStepCgroup } from './step-cgroup.ts';

const probe = makeStepCgroup(`probe${process.pid}`);
probe?.remove();

const ways = [
  ['by its traces', () => undefined],
  ...(probe ? [['by a control group', makeStepCgroup] as const] : []),
] as const;

const isLinux = process.platform === 'linux';

/** Commands that start `sleep 600` and write its number to `$PID`; each in a way of its own. */
const escapes = [
  ['setsid', 'setsid sleep 600 & echo $! > "$PID"; sleep 0.1'],
  ['nohup', 'nohup sleep 600 >/dev/null 2>&1 & echo $! > "$PID"'],
  [
    'a double fork',
    '( ( setsid bash -c \'echo $$ > "$PID"; exec sleep 600\' </dev/null >/dev/null 2>&1 & ) & ) ; sleep 0.2',
  ],
  ['a session without the mark', 'setsid env -i sleep 600 & echo $! > "$PID"; sleep 1'],
] as const;

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-step-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'pid');
}

function start(command: string, file: string, change: Partial<GroupSpec>) {
  return runGroup({
    file: 'bash',
    args: ['-c', command],
    cwd: tmpdir(),
    env: cleanEnvironment(process.env, tmpdir(), { PID: file }),
    secrets: new Set(),
    signal: new AbortController().signal,
    print: () => {},
    ...change,
  });
}

function lives(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The control group of our own making that a process is in. */
function cgroupOf(pid: number): string | undefined {
  const [, name] = /^0::.*\/(cdkpipe-[^/\n]+)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8')) ?? [];
  return name === undefined || !probe ? undefined : join(dirname(probe.directory), name);
}

const pidIn = (file: string): number => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
};

async function appears(file: string): Promise<number> {
  for (;;) {
    const pid = pidIn(file);
    if (pid > 0) return pid;
    await wait(20);
  }
}

describe.skipIf(!isLinux).each(ways)('the processes of a step, found %s,', (_way, makeCgroup) => {
  test.each(escapes)('end with a step that succeeds: %s', async (_name, command) => {
    const file = scratch();
    const { exitCode } = await start(command, file, { makeCgroup });
    expect(exitCode).toBe(0);
    expect(pidIn(file)).toBeGreaterThan(0);
    expect(lives(pidIn(file))).toBe(false);
  });

  test.each(escapes)('end with a step whose time is over: %s', async (_name, command) => {
    const file = scratch();
    const begun = Date.now();
    const { timedOut } = await start(`${command}; sleep 600`, file, { makeCgroup, timeoutMs: 1300 });
    expect(timedOut).toBe(true);
    expect(lives(pidIn(file))).toBe(false);
    expect(Date.now() - begun).toBeLessThan(8000);
  });

  test.each(escapes)('end with a step that is ended by force: %s', async (_name, command) => {
    const file = scratch();
    const abort = new AbortController();
    const running = start(`${command}; sleep 600`, file, { makeCgroup, signal: abort.signal });
    const pid = await appears(file);
    await wait(900);
    expect(lives(pid)).toBe(true);
    const begun = Date.now();
    abort.abort();
    expect((await running).signal).toBe('SIGKILL');
    expect(lives(pid)).toBe(false);
    expect(Date.now() - begun).toBeLessThan(5000);
  });

  test('end when cdkpipe is killed', async () => {
    const file = scratch();
    const source = `
      const { runGroup } = await import(${JSON.stringify(new URL('./run-group.ts', import.meta.url).href)});
      await runGroup({ file: 'bash', args: ['-c', 'setsid sleep 600 & echo $! > ${file}; wait'], cwd: '/',
        env: { PATH: process.env.PATH }, secrets: new Set(), signal: new AbortController().signal, print() {},
        ${makeCgroup === makeStepCgroup ? '' : 'makeCgroup: () => undefined'} });`;
    const tsx = import.meta.resolve('tsx');
    const parent = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', source], {
      stdio: 'inherit',
    });
    const pid = await appears(file);
    expect(lives(pid)).toBe(true);
    const group = cgroupOf(pid);
    parent.kill('SIGKILL');
    while (lives(pid)) await wait(20);
    while (group !== undefined && existsSync(group)) await wait(20);
  });

  test('are all that ends: a process that works in the same place lives on', async () => {
    const file = scratch();
    const other = spawn('sleep', ['600'], { cwd: tmpdir(), detached: true, stdio: 'ignore' });
    onTestFinished(() => void other.kill('SIGKILL'));
    await start('setsid sleep 600 & true', file, { makeCgroup });
    expect(lives(other.pid ?? 0)).toBe(true);
  });
});
