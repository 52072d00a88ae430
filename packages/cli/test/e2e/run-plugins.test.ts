/** Plugins that misbehave while `cdkpipe run` is at work: whose fault it is told to be, and what becomes of the run. */
import { beforeAll, describe, expect, test } from 'vitest';
import { makeDirectory, type Outcome, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

/** The tap and the task of the plugin come from the environment, so that one project serves all cases. */
const definition = `
import { build, defineConfig, definePlugin, deploy, source, wave } from '@cdkpipe/core';
import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
const { HOOK, TAP, TASK = '' } = process.env;
const body = (text) => Object.getPrototypeOf(async () => {}).constructor('event', 'signal', text);
const odd = {
  ...definePlugin({
    name: '@acme/odd',
    api: 1,
    kinds: [{ name: 'odd', summary: 'Does as it is told.', positions: ['approval'] }],
    renderers: [{
      backend: 'codepipeline',
      kind: 'odd',
      render: () => ({ category: 'Approval', provider: 'Manual', configuration: {} }),
    }, {
      backend: 'local',
      kind: 'odd',
      render: () => ({ type: 'task', retry: 'safe', run: async () => (await body(TASK)()) ?? { approved: true } }),
    }],
    hooks: HOOK ? { [HOOK]: body(TAP) } : {},
  }),
  version: '1.2.3',
};
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [odd],
  source: source.codeCommit('shop'),
  build: build({ commands: ['true'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: (stage) => { new Topic(new Stack(stage, 'Shop'), 'Topic'); },
        approvals: [{ kind: 'odd', name: 'Odd' }],
      }),
    ]),
  ],
});
`;

let directory: string;
const later = 'await new Promise((end) => setTimeout(end, 2000));';

const run = (env: NodeJS.ProcessEnv, ...flags: readonly string[]) =>
  runCdkpipe(['run', '--rehearse', '--json', ...flags], { cwd: directory, env });

const eventsOf = ({ stdout }: Outcome): Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  directory = makeDirectory({ 'cdkpipe.config.ts': definition });
  expect(await runCdkpipe(['synth', '--no-validate'], { cwd: directory })).toMatchObject({ exitCode: 0 });
});

describe('a tap along a run that misbehaves stops it with 3, names plugin, version, hook and node, and leaves it to go on', () => {
  test.each([
    ['throws', 'actionStart', `throw new Error('boom')`, 'PLUGIN_FAILED', 'source'],
    ['never settles', 'actionEnd', 'await new Promise(() => {})', 'PLUGIN_TIMED_OUT', 'source'],
    ['returns something', 'actionEnd', 'return true', 'HOOK_RESULT_INVALID', 'source'],
    ['changes its input', 'actionStart', `event.node.after.push('x')`, 'PLUGIN_FAILED', 'source'],
    ['calls process.exit and goes on', 'runEnd', 'try { process.exit(0); } catch {}', 'PLUGIN_EXITED', undefined],
    [
      'leaves a promise behind that rejects',
      'runStart',
      `Promise.reject(new Error('late')); ${later}`,
      'PLUGIN_STRAYED',
      undefined,
    ],
  ])('when it %s', async (_, hook, tap, code, node) => {
    const failed = await run({ HOOK: hook, TAP: tap, CDKPIPE_PLUGIN_TIMEOUT: '3' }, '--skip-build');
    const events = eventsOf(failed);
    expect(failed.exitCode).toBe(3);
    expect(events.at(-1)).toMatchObject({
      type: 'failure',
      exitCode: 3,
      errors: [{ code, plugin: '@acme/odd', version: '1.2.3', hook, ...(node && { node }) }],
    });
    expect(events.at(-2)).toMatchObject({ type: 'runInterrupted', reason: 'plugin' });
    expect(events.map(({ type }) => type)).not.toContain('runEnded');
    const resumed = await run({}, '--resume', String(events.at(-1)?.run));
    expect(resumed.exitCode).toBe(0);
  });
});

describe('a step of a plugin that breaks its contract stops the run with 3, naming plugin, version and node, and leaves it to go on', () => {
  test.each([
    ['calls process.exit', 'process.exit(0)', 'PLUGIN_EXITED'],
    ['calls process.exit and goes on', `try { process.exit(0); } catch {} ${later}`, 'PLUGIN_EXITED'],
    [
      'leaves a timer behind that throws',
      `setTimeout(() => { throw new Error('late'); }, 1); ${later}`,
      'PLUGIN_STRAYED',
    ],
    ['returns garbage', `return { approved: 'yes' }`, 'TASK_RESULT_INVALID'],
    ['never settles', 'await new Promise(() => {})', 'TASK_NEVER_SETTLES'],
  ])('when it %s', async (_, task, code) => {
    const failed = await run({ TASK: task, CDKPIPE_TASK_TIMEOUT: '3' }, '--skip-build');
    const events = eventsOf(failed);
    expect(failed.exitCode).toBe(3);
    expect(events.at(-1)).toMatchObject({
      type: 'failure',
      exitCode: 3,
      errors: [{ code, plugin: '@acme/odd', version: '1.2.3', node: 'Beta/Odd' }],
    });
    expect(events.map(({ type, node }) => [type, node])).not.toContainEqual(['actionEnded', 'Beta/Odd']);
    const resumed = await run({ TASK: 'return' }, '--resume', String(events.at(-1)?.run));
    expect(resumed.exitCode).toBe(0);
  });

  test('and one that throws has not passed: the run has failed', async () => {
    const failed = await run({ TASK: `throw new Error('boom')` }, '--skip-build');
    expect(failed.exitCode).toBe(1);
    expect(eventsOf(failed).at(-1)).toMatchObject({ type: 'result', end: 'failed' });
  });
});

test('plugins:inspect shows the taps along a run', async () => {
  const env = { HOOK: 'actionEnd', TAP: 'return' };
  const { stdout } = await runCdkpipe(['plugins:inspect', '--json'], { cwd: directory, env });
  expect(JSON.parse(stdout).plugins).toContainEqual(
    expect.objectContaining({ name: '@acme/odd', taps: [{ hook: 'actionEnd', place: 1, of: 1, after: [] }] }),
  );
});

test('people are told how to go on after the fault of a plugin', async () => {
  const env = { HOOK: 'actionStart', TAP: `throw new Error('boom')` };
  const failed = await runCdkpipe(['run', '--rehearse', '--skip-build'], { cwd: directory, env });
  expect(failed.exitCode).toBe(3);
  expect(failed.stderr).toContain('boom');
  expect(failed.stderr).toMatch(/Nothing is lost\. Go on with\n\n {2}npx cdkpipe run --rehearse --resume \d{8}-/);
});
