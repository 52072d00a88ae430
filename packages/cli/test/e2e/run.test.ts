/** `cdkpipe run` and its company as a user runs them, on a project whose build only lays an assembly down. */
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeDirectory, type Outcome, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const secret = 'correct-horse-battery';

const definition = `
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild, secret } from '@cdkpipe/plugin-codebuild-approval';
import lambdaApproval, { lambda } from '@cdkpipe/plugin-lambda-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
const app = (stage) => {
  const stack = new Stack(stage, 'Shop');
  new CfnOutput(stack, 'Arn', { value: new Topic(stack, 'Topic').topicArn });
};
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval, lambdaApproval, manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['test -z "$AWS_SECRET_ACCESS_KEY"', 'cp -r prebuilt cdk.out'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: app,
        approvals: [
          codebuild('Smoke', {
            commands: ['echo "arn $ARN password $PASSWORD"', 'test -f cdkpipe.config.ts'],
            env: { ARN: output('Shop', 'Arn'), PASSWORD: secret('shop/tester') },
          }),
          lambda('Check', { handler: './check.ts', payload: { arn: output('Shop', 'Arn') } }),
        ],
      }),
    ]),
    wave('Prod', [
      deploy('Prod', {
        env: { account: '333333333333', region: 'eu-west-1' },
        stacks: app,
        changes: [manual('Review', { comment: 'read the changes' })],
      }),
    ]),
  ],
  rehearsal: { outputs: { 'Beta/Shop': { Arn: 'arn:rehearsed' } } },
});
`;

let directory: string;
const env = { CDKPIPE_SECRET_SHOP_TESTER: secret, AWS_SECRET_ACCESS_KEY: 'not-for-builds' };
const cdkpipe = (...args: readonly string[]) => runCdkpipe(args, { cwd: directory, env });

const eventsOf = ({ stdout }: Outcome): Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  directory = makeDirectory({
    'cdkpipe.config.ts': definition,
    'check.ts': `export const handler = ({ arn }: { arn: string }) => ({ approved: arn === 'arn:rehearsed' });`,
  });
  expect(await cdkpipe('synth', '--no-validate')).toMatchObject({ exitCode: 0 });
  cpSync(join(directory, 'cdk.out'), join(directory, 'prebuilt'), { recursive: true });
});

test('a run builds, checks, waits for a decision, is told it from elsewhere, and goes on to the end', async () => {
  const first = await cdkpipe('run', '--rehearse', '--json');
  const events = eventsOf(first);
  expect(events.at(-1)).toMatchObject({ type: 'result', end: 'waiting', exitCode: 5 });
  expect(first.exitCode).toBe(5);
  const run = String(events.at(-1)?.run);
  const ended = events.filter(({ type }) => type === 'actionEnded').map(({ node, outcome }) => [node, outcome]);
  for (const node of ['source', 'build', 'Beta/Shop:execute', 'Beta/Smoke', 'Beta/Check', 'Prod/Shop:prepare'])
    expect(ended).toContainEqual([node, 'succeeded']);
  expect(first.stdout).toContain('arn arn:rehearsed password ***');

  const answer = JSON.parse((await cdkpipe('approve', run, 'Prod/Review', '--user', 'ada', '--json')).stdout);
  expect(answer).toMatchObject({ decision: 'approve', user: 'ada', missing: 0, running: false });
  expect(answer.digest).toMatch(/^[0-9a-f]{64}$/);
  const late = await cdkpipe('reject', run, 'Prod/Review', '--reason', 'too late', '--user', 'eve');
  expect(late.exitCode).toBe(2);
  expect(late.stderr).toContain('ada approved it at');

  const second = await cdkpipe('run', '--rehearse', '--resume', run);
  expect(second).toMatchObject({ exitCode: 0 });
  expect(second.stdout).toContain('✔ succeeded');
  expect(second.stdout).not.toContain('▸ Beta/Smoke');

  const shown = JSON.parse((await cdkpipe('runs:show', run, '--json')).stdout);
  expect(shown).toMatchObject({ status: 'succeeded', waitsFor: [] });
  expect(shown.actions.find(({ id }: { id: string }) => id === 'Prod/Review').answers).toMatchObject([
    { by: { user: 'ada' }, digest: answer.digest, via: 'command' },
  ]);
  expect((await cdkpipe('run', '--rehearse', '--resume', run)).stderr).toContain('RUN_ENDED');

  const reported = await cdkpipe('runs:report', run, '--html', 'release.html');
  expect(reported).toMatchObject({ exitCode: 0, stdout: `${join(directory, 'release.html')}\n` });
  const page = readFileSync(join(directory, 'release.html'), 'utf8');
  expect(statSync(join(directory, 'release.html')).mode & 0o777).toBe(0o600);
  for (const text of ['approved by ada', answer.digest, 'arn arn:rehearsed password ***']) expect(page).toContain(text);
  const nowhere = await cdkpipe('runs:report', run, '--html', 'no/such/directory.html');
  expect([nowhere.exitCode, nowhere.stderr]).toEqual([2, expect.stringContaining('FILE_NOT_WRITTEN')]);
});

test('what a run has created stays on the way back, which is said, shown and not done twice', async () => {
  const { runs } = JSON.parse((await cdkpipe('runs', '--json')).stdout);
  const run = runs.find(({ status }: { status: string }) => status === 'succeeded').id;
  const back = await cdkpipe('rollback', run, '--deployment', 'Prod', '--reason', 'orders are lost', '--user', 'ada');
  expect(back.exitCode).toBe(1);
  expect(back.stdout).toContain('rolling back Prod since orders are lost');
  // A rehearsal made no stack, so it names no command that would remove one.
  expect(back.stdout).toContain('the rehearsal would have created Prod-Shop in 333333333333/eu-west-1');
  expect(back.stdout).not.toContain('delete-stack');
  const again = await cdkpipe('rollback', run, '--deployment', 'Prod');
  expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('NOTHING_TO_ROLL_BACK')]);
  expect((await cdkpipe('runs:show', run)).stdout).toMatch(/rollback of Prod incomplete, by ada at .*orders are lost/);
  expect(JSON.parse((await cdkpipe('runs:show', run, '--json')).stdout)).toMatchObject({
    rollback: 'incomplete',
    rollbacks: [{ trigger: 'command', by: { user: 'ada' }, begun: [{ stack: 'Prod/Shop', outcome: 'kept' }] }],
  });
});

test('no secret is anywhere in what a run leaves behind', () => {
  const files = readdirSync(join(directory, '.cdkpipe'), { recursive: true, withFileTypes: true });
  const leaks = files
    .filter((file) => file.isFile() && readFileSync(join(file.parentPath, file.name)).includes(secret))
    .map(({ name }) => name);
  expect(leaks).toEqual([]);
});

test('a fault that is made up ends the run, and nothing behind it is started', async () => {
  const failed = await cdkpipe('run', '--rehearse', '--skip-build', '--fail', 'Beta/Smoke', '--approve', '*');
  expect(failed.exitCode).toBe(1);
  expect(failed.stdout).toContain('Beta/Smoke failed: made to fail by --fail Beta/Smoke');
  expect(failed.stdout).not.toContain('Prod/Shop:prepare');
  expect(await cdkpipe('run', '--rehearse', '--skip-build', '--approve', '*')).toMatchObject({ exitCode: 0 });
});

test('a real run says where it goes, and does not begin without credentials or with something made up', async () => {
  const alone = { ...env, AWS_EC2_METADATA_DISABLED: 'true', HOME: directory, AWS_PROFILE: '', AWS_ACCESS_KEY_ID: '' };
  const missing = await runCdkpipe(['run', '--deploy', '--yes', '--skip-build'], { cwd: directory, env: alone });
  expect(missing.stderr).toContain('CREDENTIALS_MISSING');
  expect(missing.exitCode).toBe(2);
  const made = ['run', '--deploy', '--skip-build', '--at', '2026-12-24T17:30Z'];
  const signedIn = { cwd: directory, env: { ...env, AWS_ACCESS_KEY_ID: 'AKIATEST' } };
  const unasked = await runCdkpipe(made, signedIn);
  expect([unasked.exitCode, unasked.stderr]).toEqual([2, expect.stringContaining('NOT_CONFIRMED')]);
  const refused = await runCdkpipe([...made, '--yes'], signedIn);
  for (const place of [
    'Beta  to 222222222222/eu-west-1, in wave Beta',
    'Prod  to 333333333333/eu-west-1, in wave Prod',
  ])
    expect(refused.stderr).toContain(place);
  expect(refused.stderr).toContain('ONLY_IN_REHEARSAL');
  expect(refused.exitCode).toBe(2);
});

test('what only a run can honour is synthesised for this machine, and a quorum is waited for', async () => {
  const config = definition.replace("comment: 'read the changes'", 'approvers: { count: 2 }');
  const here = makeDirectory({ 'cdkpipe.config.ts': config, 'check.ts': 'export const handler = () => true;' });
  const at = (...args: readonly string[]) => runCdkpipe(args, { cwd: here, env });
  const refused = await at('synth', '--no-validate');
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('cdkpipe synth --backend local')]);
  const { stdout, exitCode } = await at('synth', '--no-validate', '--backend', 'local');
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('npx cdkpipe run --rehearse --skip-build')]);
  expect(stdout).not.toContain('emitted');
  expect(readdirSync(join(here, 'cdk.out')).filter((name) => name.endsWith('.template.json'))).toEqual([]);
  const run = await at('run', '--skip-build', '--json');
  expect(run.exitCode).toBe(5);
  expect(run.stdout).toContain('"approvers":{"count":2');
});

test.each([
  [['run', '--skip-build', '--fail', 'Beta/Smoka'], 'FAULT_UNKNOWN'],
  [['run', '--skip-build', '--approve', 'Prod/Reviw'], 'GATE_UNKNOWN'],
  [['run', '--at', 'tomorrow'], 'FLAG_INVALID'],
  [['run', '--resume', 'nothing'], 'RUN_UNKNOWN'],
])('%j is refused with %s', async (args, code) => {
  const { exitCode, stderr } = await cdkpipe(...args);
  expect(stderr).toContain(code);
  expect(exitCode).toBe(2);
});
