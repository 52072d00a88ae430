import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cleanEnvironment } from './clean-environment.ts';
import { type GroupSpec, runGroup } from './run-group.ts';
import { type ShellItem, shellArguments } from './shell-script.ts';

const env = cleanEnvironment(process.env, tmpdir());

const itemOf = (command: string): ShellItem => ({ phase: 'build', part: 'commands', onFailure: 'stop', command });

async function run(commands: readonly string[], change: Partial<GroupSpec> = {}) {
  let output = '';
  const end = await runGroup({
    ...shellArguments(commands.map(itemOf), [], scratch()),
    cwd: tmpdir(),
    env,
    secrets: new Set(),
    signal: new AbortController().signal,
    print: (text) => {
      output += text;
    },
    ...change,
  });
  return { ...end, output };
}

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-group-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Whether a process lives; a zombie does not. */
function lives(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(20);
}

const pidIn = (file: string): number => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
};

describe('commands', () => {
  test('share one shell, and stop at the first that fails', async () => {
    const { exitCode, output } = await run(['X=1; cd /', 'echo "$X $PWD"', 'false && true', 'echo never']);
    expect(exitCode).toBe(1);
    expect(output).toContain('1 /\n');
    expect(output).not.toContain('never\n');
  });

  test.each([
    ['exit 3', 3],
    ['false || true', 0],
    ['set -e; false; true', 1],
    ['false; true', 0],
    ['no-such-command-of-any-kind', 127],
    ['if true', 2],
    ["echo 'quotes \" and $(dollars)'", 0],
  ])('%s ends with %i', async (command, exitCode) => {
    expect((await run([command])).exitCode).toBe(exitCode);
  });

  test('get a clean environment', async () => {
    const outer = { ...process.env, AWS_SECRET_ACCESS_KEY: 'x', npm_config_token: 'y', NODE_OPTIONS: '--no-warnings' };
    const { output } = await run(['env'], { env: cleanEnvironment(outer, tmpdir(), { OWN: 'z' }) });
    expect(output).toMatch(/^OWN=z$/m);
    expect(output).toMatch(/^PATH=/m);
    expect(output).not.toMatch(/^(AWS_|npm_|NODE_OPTIONS)/m);
  });

  test('show no secret, also where it is written in two pieces', async () => {
    const secrets = new Set(['hunter2']);
    const { output } = await run(['printf "a hun"; sleep 0.2; printf "ter2 b\\n"; echo hunter2 >&2'], { secrets });
    expect(output).toContain('a *** b');
    expect(output).not.toContain('hunter2\n');
  });

  test('show letters of several bytes whole, wherever a piece ends', async () => {
    const { output } = await run([String.raw`printf '\303'; sleep 0.1; printf '\266\n'`]);
    expect(output).toContain('ö');
  });
});

describe('a process group', () => {
  test('ends as a whole when its time is over', async () => {
    const file = join(scratch(), 'pid');
    const { timedOut } = await run([`sleep 600 & echo $! > ${file}; sleep 600`], { timeoutMs: 500 });
    expect(timedOut).toBe(true);
    await until(() => !lives(pidIn(file)));
  });

  test('is killed when it does not end although asked to', async () => {
    const end = await run(["trap '' TERM; while :; do sleep 0.1; done"], { timeoutMs: 300 });
    expect(end).toMatchObject({ timedOut: true, signal: 'SIGKILL' });
  });

  test('takes with it what a command left in the background', async () => {
    const file = join(scratch(), 'pid');
    const { exitCode } = await run([`sleep 600 & echo $! > ${file}`]);
    expect(exitCode).toBe(0);
    await until(() => !lives(pidIn(file)));
  });

  test('is killed at once when it is aborted', async () => {
    const file = join(scratch(), 'pid');
    const abort = new AbortController();
    const running = run([`sleep 600 & echo $! > ${file}; wait`], { signal: abort.signal });
    await until(() => pidIn(file) > 0);
    abort.abort();
    expect((await running).signal).toBe('SIGKILL');
    await until(() => !lives(pidIn(file)));
  });

  test('leaves no orphan when the process that started it is killed', async () => {
    const file = join(scratch(), 'pid');
    const source = `
      const { runGroup } = await import(${JSON.stringify(new URL('./run-group.ts', import.meta.url).href)});
      await runGroup({ file: 'bash', args: ['-c', 'sleep 600 & echo $! > ${file}; wait'], cwd: '/', env: process.env,
        secrets: new Set(), signal: new AbortController().signal, print() {} });`;
    const tsx = import.meta.resolve('tsx');
    const parent = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', source], {
      stdio: 'inherit',
    });
    await until(() => pidIn(file) > 0);
    expect(lives(pidIn(file))).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !lives(pidIn(file)));
  });

  test('says where there is no such directory', async () => {
    await expect(run(['true'], { cwd: '/no/such/directory' })).rejects.toThrow(/ENOENT|directory/);
  });
});
