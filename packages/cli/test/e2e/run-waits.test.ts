/** Gates of a rehearsal that no person need decide: a window, a bake, and a review of what changes. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const definition = `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import bakeApproval, { bake } from '@cdkpipe/plugin-bake-approval';
import lambdaApproval from '@cdkpipe/plugin-lambda-approval';
import manualApproval from '@cdkpipe/plugin-manual-approval';
import securityApproval, { securityReview } from '@cdkpipe/plugin-security-approval';
import windowApproval, { window } from '@cdkpipe/plugin-window-approval';
import { Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, AccountPrincipal } from 'aws-cdk-lib/aws-iam';
const app = (stage) => {
  const stack = new Stack(stage, 'Shop');
  const role = new Role(stack, 'Role', { assumedBy: new AccountPrincipal('333333333333') });
  const actions = process.env.BROADER ? ['sqs:SendMessage', 'sqs:*'] : ['sqs:SendMessage'];
  const statements = [new PolicyStatement({ actions, resources: ['*'] })];
  new Policy(stack, 'Policy', { roles: [role], statements });
};
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [windowApproval, bakeApproval, lambdaApproval, securityApproval, manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Prod', [
      deploy('Prod', {
        env: { account: '333333333333', region: 'eu-west-1' },
        stacks: app,
        changes: [securityReview('Security')],
        approvals: [bake('Bake', { minutes: 90, alarms: ['Shop-5xx'] })],
      }),
    ], { before: [window('Office', { open: ['Mon-Fri 09:00-16:00'], timeZone: 'Europe/Berlin' })] }),
  ],
});
`;

let directory: string;
const cdkpipe = (args: readonly string[], env: Record<string, string> = {}) =>
  runCdkpipe(args, { cwd: directory, env });
const rehearse = (...args: readonly string[]) =>
  cdkpipe(['run', '--rehearse', '--skip-build', '--skip-waits', ...args], { NO_COLOR: '1' });

beforeAll(async () => {
  directory = makeDirectory({ 'cdkpipe.config.ts': definition });
  expect(await cdkpipe(['synth', '--no-validate'])).toMatchObject({ exitCode: 0 });
});

beforeEach(() => rmSync(join(directory, '.cdkpipe'), { recursive: true, force: true }));

test('a run begun on a Friday evening waits for Monday and then bakes, by a clock on which nobody waits', async () => {
  const { stdout, exitCode } = await rehearse('--at', '2026-12-18T17:30Z', '--approve', '*');
  expect(stdout).toContain('closed; opens Mon, 21 Dec 2026, 09:00 Europe/Berlin');
  expect(stdout).toMatch(/^08:00:\d\d ✔ Prod:before\/Office/m);
  expect(stdout).toMatch(
    /^09:30:\d\d ✔ Prod\/Bake: 90 minutes since the last execution; a rehearsal reads no alarms$/m,
  );
  expect(exitCode).toBe(0);
});

test('an alarm that is made to go off ends the run, and one that nothing watches is refused', async () => {
  const open = ['--at', '2026-12-18T10:30Z', '--approve', '*'];
  const loud = await rehearse(...open, '--alarm', 'Shop-5xx');
  expect(loud.stdout).toContain('Prod/Bake failed: the alarm Shop-5xx is in ALARM: as --alarm says');
  expect(loud.exitCode).toBe(1);
  const unknown = await rehearse(...open, '--alarm', 'Shop-5x');
  expect(unknown.stderr).toContain('ALARM_UNKNOWN');
  expect(unknown.exitCode).toBe(2);
});

test('a security review asks while permissions broaden, with the findings, and passes by itself when they do not', async () => {
  const open = ['--at', '2026-12-18T10:30Z'];
  const first = await rehearse(...open);
  expect(first.stdout).toContain('Prod/Security waits for a decision');
  expect(first.stdout).toMatch(/^ {4}IAM {2}\d+ statements? added or removed$/m);
  expect(first.exitCode).toBe(5);
  expect(await rehearse(...open, '--approve', 'Prod/Security')).toMatchObject({ exitCode: 0 });

  const second = await rehearse(...open);
  expect(second.stdout).toContain('✔ Prod/Security: no finding about permissions or stateful');
  expect(second.exitCode).toBe(0);

  expect(await cdkpipe(['synth', '--no-validate'], { BROADER: '1' })).toMatchObject({ exitCode: 0 });
  expect(await rehearse(...open)).toMatchObject({ exitCode: 5 });
});
