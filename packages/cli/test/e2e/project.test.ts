import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const project = (content: string) => makeDirectory({ 'cdkpipe.config.ts': content });

test('plan prints the tree on stdout and its phases on stderr, and writes nothing', async () => {
  const cwd = project(definition());
  const { exitCode, stdout, stderr } = await runCdkpipe(['plan'], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('shop on codepipeline in 111111111111/eu-west-1');
  expect(stdout).toMatch(/execute Beta\/Shop/);
  expect(stderr.match(/^\w+(?=: )/gm)).toEqual(['configure', 'model', 'assemble', 'plan']);
  expect(readdirSync(cwd)).toEqual(['cdkpipe.config.ts']);
});

test('synth writes the assembly and says what to type next', async () => {
  const cwd = project(definition());
  const { exitCode, stdout, stderr } = await runCdkpipe(['synth', '--no-validate'], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/npx cdk deploy -a cdk\.out \S+\n/);
  expect(stderr.match(/^\w+(?=: )/gm)).toContain('write');
  expect(existsSync(join(cwd, 'cdk.out/manifest.json'))).toBe(true);
});

test('--context reaches the stacks, on this machine and in the build of a run', async () => {
  const override = `
  build: build({ commands: ['"$NODE" "$CLI" synth --no-validate --quiet'], env: { NODE: process.execPath, CLI: '${bin}' } }),
  waves: [wave('Beta', [deploy('Beta', {
    env: { account: '222222222222', region: 'eu-west-1' },
    stacks: (stage) => {
      const size = stage.node.tryGetContext('size') ?? 'none';
      new Topic(new Stack(stage, 'Shop'), 'Topic', { displayName: 'of size ' + size });
    },
  })])],`;
  const cwd = project(definition({ override }));
  const sizesIn = (directory: string) =>
    readdirSync(join(cwd, directory), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.template.json'))
      .flatMap((file) => readFileSync(join(cwd, directory, file), 'utf8').match(/of size \w+/g) ?? []);
  const synth = await runCdkpipe(['synth', '--no-validate', '-c', 'size=large'], { cwd });
  expect([synth.exitCode, sizesIn('cdk.out')]).toEqual([0, ['of size large']]);
  const run = await runCdkpipe(['run', '--rehearse', '--context', 'size=huge'], { cwd });
  expect([run.exitCode, new Set(sizesIn('.cdkpipe'))]).toEqual([0, new Set(['of size huge'])]);
  const wrong = await runCdkpipe(['plan', '-c', 'cdkpipe.config.ts'], { cwd });
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('--config FILE')]);
});

test('--quiet prints nothing, --output chooses where, from where the user stands', async () => {
  const args = ['synth', '--quiet', '--no-validate', '--config', '../cdkpipe.config.ts', '--output', 'here'];
  const nested = makeDirectory({ 'sub/.gitkeep': '', 'cdkpipe.config.ts': definition() });
  const outcome = await runCdkpipe(args, { cwd: join(nested, 'sub') });
  expect(outcome).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(existsSync(join(nested, 'sub/here/manifest.json'))).toBe(true);
});

test.each(['plan', 'synth'])('%s --json stays one document, whatever the definition prints', async (command) => {
  const noise = `console.log('noise'); process.stdout.write('noise');
process.on('exit', () => console.log('noise at the end'));`;
  const cwd = project(definition({ before: noise }));
  const { exitCode, stdout, stderr } = await runCdkpipe([command, '--json'], { cwd });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ pipeline: { name: 'shop' }, errors: [], warnings: [] });
  expect(stderr).toContain('noise at the end');
});

test('all faults of a definition are shown together, and end with 2', async () => {
  const override = `env: { account: '12', region: 'Ireland' },`;
  const cwd = project(definition({ override }));
  const { exitCode, stdout, stderr } = await runCdkpipe(['synth'], { cwd });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('ACCOUNT_INVALID');
  expect(stderr).toContain('REGION_INVALID');
  expect(stderr).toContain('2 problems to fix.');
  expect(readdirSync(cwd)).toEqual(['cdkpipe.config.ts']);
});

test('with --json the same faults are data', async () => {
  const cwd = project(definition({ override: `env: { account: '12', region: 'Ireland' },` }));
  const { exitCode, stdout } = await runCdkpipe(['plan', '--json'], { cwd });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    errors: [
      { code: 'ACCOUNT_INVALID', path: 'env.account', fix: expect.any(String), docs: expect.any(String) },
      { code: 'REGION_INVALID', path: 'env.region' },
    ],
    warnings: [],
  });
});

test("a plugin's fault ends with 3 and names the plugin and the hook", async () => {
  const plugin = `{ name: '@acme/bad', version: '1.2.3', api: 1, hooks: { plan: () => { throw new Error('boom'); } } }`;
  const cwd = project(definition({ override: `plugins: [${plugin}],` }));
  const { exitCode, stdout } = await runCdkpipe(['plan', '--json'], { cwd });
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout).errors).toMatchObject([{ plugin: '@acme/bad', version: '1.2.3', hook: 'plan' }]);
});

test('the time limit for plugins is taken from the environment', async () => {
  const plugin = `{ name: '@acme/slow', api: 1, hooks: { plan: () => new Promise(() => {}) } }`;
  const cwd = project(definition({ override: `plugins: [${plugin}],` }));
  const limited = await runCdkpipe(['plan', '--json'], { cwd, env: { CDKPIPE_PLUGIN_TIMEOUT: '0.2' } });
  expect(limited.exitCode).toBe(3);
  expect(JSON.parse(limited.stdout).errors).toMatchObject([{ code: 'PLUGIN_TIMED_OUT', plugin: '@acme/slow' }]);
  const wrong = await runCdkpipe(['plan', '--json'], { cwd, env: { CDKPIPE_PLUGIN_TIMEOUT: 'soon' } });
  expect(JSON.parse(wrong.stdout).errors).toMatchObject([{ code: 'TIMEOUT_INVALID', path: 'CDKPIPE_PLUGIN_TIMEOUT' }]);
});

test('a definition that ends the process is a failure, not a success', async () => {
  const cwd = project(definition({ before: 'process.exit(0);' }));
  const { exitCode, stdout } = await runCdkpipe(['synth', '--json'], { cwd });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout).errors).toMatchObject([{ code: 'ENDED_EARLY' }]);
});

test('an interrupted command ends with 130 and leaves nothing behind', async () => {
  const before = `console.error('loading'); await new Promise((resolve) => setTimeout(resolve, 20_000));`;
  const cwd = project(definition({ before }));
  const outcome = await runCdkpipe(['synth', '--json'], {
    cwd,
    onStderr: (text, kill) => text.includes('loading') && kill('SIGINT'),
  });
  expect(outcome.exitCode).toBe(130);
  expect(JSON.parse(outcome.stdout).errors).toMatchObject([{ code: 'INTERRUPTED' }]);
  expect(readdirSync(cwd)).toEqual(['cdkpipe.config.ts']);
});

test('what a definition left running does not keep the command alive', async () => {
  const cwd = project(definition({ before: 'setInterval(() => {}, 1000);' }));
  expect((await runCdkpipe(['plan'], { cwd })).exitCode).toBe(0);
});

test.each([
  ['its result', '| true'],
  ['its progress', '2>&1 >/dev/null | true'],
])('a reader who closes %s early does not stop the work', async (_, pipe) => {
  const cwd = project(definition());
  const command = `set -o pipefail; "$0" "$1" synth --no-validate ${pipe}`;
  const { status } = spawnSync('bash', ['-c', command, process.execPath, bin], { cwd });
  expect(status).toBe(0);
  expect(existsSync(join(cwd, 'cdk.out/manifest.json'))).toBe(true);
});

test('the cdk command can run synth as its app: it says nothing, and writes where it is told', async () => {
  const cwd = project(definition());
  const outcome = await runCdkpipe(['synth', '--no-validate'], { cwd, env: { CDK_OUTDIR: 'assembly' } });
  expect(outcome).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(existsSync(join(cwd, 'assembly/manifest.json'))).toBe(true);
});
