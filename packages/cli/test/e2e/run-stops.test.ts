/** How `cdkpipe run` stops and goes on: one signal, two signals, and a definition that changed in between. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { bin, makeDirectory, type Outcome, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const definition = (command: string, comment = 'go?') => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval, manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: (stage) => { new Topic(new Stack(stage, 'Shop'), 'Topic'); },
        approvals: [
          codebuild('Smoke', { commands: [${JSON.stringify(command)}] }),
          manual('Go', { comment: ${JSON.stringify(comment)} }),
        ],
      }),
    ]),
  ],
});
`;

let directory: string;
const at = (name: string) => join(directory, name);
const cdkpipe = (...args: readonly string[]) => runCdkpipe(args, { cwd: directory });

async function define(command: string, comment?: string): Promise<void> {
  writeFileSync(at('cdkpipe.config.ts'), definition(command, comment));
  expect(await cdkpipe('synth', '--no-validate')).toMatchObject({ exitCode: 0 });
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 600) throw new Error('it did not come about in 30 s');
    await wait(50);
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A process that has ended and was not yet collected by its parent counts as gone.
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

/** Starts a run, and lets `meddle` send it signals. */
async function runWith(meddle: (interrupt: () => void, stderr: () => string) => Promise<void>): Promise<Outcome> {
  const child = spawn(process.execPath, [bin, 'run', '--rehearse', '--skip-build'], { cwd: directory });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  try {
    await meddle(
      () => child.kill('SIGINT'),
      () => output.stderr,
    );
    return { exitCode: await closed, ...output };
  } finally {
    child.kill('SIGKILL');
  }
}

const runIn = ({ stdout, stderr }: Outcome) => /--resume (\S+)/.exec(stdout + stderr)?.[1] ?? 'none';

beforeAll(() => {
  directory = makeDirectory();
});

test('one interrupt starts nothing more, lets what runs end, says how to resume, and exits with 130', async () => {
  await define(`touch '${at('began')}'; sleep 1; touch '${at('ended')}'`);
  const stopped = await runWith(async (interrupt) => {
    await until(() => existsSync(at('began')));
    interrupt();
  });
  expect(stopped.exitCode).toBe(130);
  expect(stopped.stderr).toContain('stopping: what runs may end; press Ctrl-C again to end it by force');
  expect(existsSync(at('ended'))).toBe(true);
  expect(stopped.stdout).not.toContain('Beta/Go');

  const run = runIn(stopped);
  const shown = JSON.parse((await cdkpipe('runs:show', run, '--json')).stdout);
  expect(shown.status).toBe('interrupted');
  const resumed = await cdkpipe('run', '--rehearse', '--resume', run, '--approve', 'Beta/Go');
  expect(resumed.exitCode).toBe(0);
  expect(resumed.stdout).not.toContain('▸ Beta/Smoke');
});

test('a second interrupt ends what runs, children included, and leaves it cut in the middle', async () => {
  await define(`sleep 300 & echo $! > '${at('child')}'; echo $$ > '${at('shell')}'; wait`);
  const stopped = await runWith(async (interrupt, stderr) => {
    await until(() => existsSync(at('shell')) && readFileSync(at('shell'), 'utf8').endsWith('\n'));
    interrupt();
    await until(() => stderr().includes('stopping'));
    interrupt();
  });
  expect(stopped.exitCode).toBe(130);
  const pids = ['child', 'shell'].map((name) => Number(readFileSync(at(name), 'utf8')));
  await until(() => !pids.some(isAlive));

  const run = runIn(stopped);
  const resumed = await cdkpipe('run', '--rehearse', '--resume', run);
  expect(resumed.exitCode).toBe(5);
  const shown = JSON.parse((await cdkpipe('runs:show', run, '--json')).stdout);
  expect(shown.waitsFor).toEqual(['Beta/Smoke']);
});

test('a definition that changed is refused, and goes on with --accept-change, which is written down', async () => {
  await define('true');
  const waiting = await cdkpipe('run', '--rehearse', '--skip-build');
  expect(waiting.exitCode).toBe(5);
  const run = runIn(waiting);
  writeFileSync(at('cdkpipe.config.ts'), definition('true', 'really go?'));
  const refused = await cdkpipe('run', '--rehearse', '--resume', run, '--approve', 'Beta/Go');
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('DEFINITION_CHANGED');
  expect(refused.stderr).toContain('--accept-change');

  const accepted = await cdkpipe('run', '--rehearse', '--resume', run, '--accept-change', '--approve', '*', '--json');
  expect(accepted.exitCode).toBe(0);
  const events: { type: string; from?: string; to?: string }[] = accepted.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const change = events.find(({ type }) => type === 'changeAccepted');
  expect(change?.from).toMatch(/^[0-9a-f]{64}$/);
  expect(change?.to).not.toBe(change?.from);
  const asked = events.filter(({ type }) => type === 'questionAsked');
  expect(JSON.stringify(asked.at(-1))).toContain('really go?');
});
