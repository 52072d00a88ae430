/** `cdkpipe runs:prune`, as it is built. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const definition = `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const stacks = (stage) => void new CfnTopic(new Stack(stage, 'Data'), 'Topic');
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', { env: { account: '222222222222', region: 'eu-west-1' }, stacks, approvals: [manual('Done')] }),
    ]),
  ],
});
`;

let directory: string;
const cdkpipe = (...args: readonly string[]) => runCdkpipe(args, { cwd: directory, env: { NO_COLOR: '1' } });
const left = () => readdirSync(join(directory, '.cdkpipe/runs')).length;

beforeAll(async () => {
  directory = makeDirectory({ 'cdkpipe.config.ts': definition });
  expect(await cdkpipe('synth', '--no-validate')).toMatchObject({ exitCode: 0 });
  for (const flags of [['--fail', 'Beta/Data:execute'], ['--approve', '*'], []])
    await cdkpipe('run', '--rehearse', '--skip-build', ...flags);
});

test('says what it would remove, removes it, and leaves the run that waits', async () => {
  expect(left()).toBe(3);
  const dry = await cdkpipe('runs:prune', '--keep', '1', '--dry-run');
  expect(dry).toMatchObject({ exitCode: 0, stderr: '' });
  expect(dry.stdout).toMatch(/^would remove one run\n {2}\S+ {2}failed .* kB\n/);
  expect(dry.stdout).toMatch(/ stays, as it waits for Beta\/Done\nwould free \d+ kB\n$/);
  expect(left()).toBe(3);
  const { stdout, exitCode } = await cdkpipe('runs:prune', '--keep', '0', '--json');
  expect(exitCode).toBe(0);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({
    dryRun: false,
    removed: [{ status: 'succeeded' }, { status: 'failed' }],
    waiting: [{ waitsFor: ['Beta/Done'] }],
  });
  expect(document.freed).toBeGreaterThan(0);
  expect(existsSync(join(directory, '.cdkpipe/runs', document.removed[0].run))).toBe(false);
  expect(left()).toBe(1);
  expect((await cdkpipe('runs:prune', '--keep', '0')).stdout).toMatch(/nothing to remove\n$/);
});

test('refuses an age without a unit', async () => {
  const { stderr, exitCode } = await cdkpipe('runs:prune', '--older-than', '30');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('a number of hours, days or weeks, such as 12h, 30d or 8w');
});
