/** Lint rules of a plugin in the real commands: levels, acknowledgements, `--strict`, and rules that misbehave. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const rule = (check: string, more = '') => `defineRule({
  name: 'acme/two-waves',
  summary: 'A wave comes before the last one.',
  severity: 'warning',
  reads: 'plan',
  fix: 'add a wave before it',
  ${more}
  check: ${check},
})`;

const twoWaves = rule(`({ pipeline: { waves } }) =>
  waves.length < 2 ? [{ message: \`"\${waves[0].name}" is the only wave\`, path: waves[0].path }] : []`);

const project = (rules: string, override = '', hooks = '') =>
  makeDirectory({
    'cdkpipe.config.ts': definition({
      before: `import { definePlugin, defineRule } from '@cdkpipe/core';
const policy = definePlugin({ name: '@acme/policy', version: '1.2.3', api: 1, rules: [${rules}]${hooks} });`,
      override: `plugins: [policy], ${override}`,
    }),
  });

async function run(cwd: string, ...args: string[]) {
  const { exitCode, stdout, stderr } = await runCdkpipe([...args, '--json'], { cwd });
  return { exitCode, stderr, ...JSON.parse(stdout) };
}

const found = {
  code: 'RULE_VIOLATED',
  message: '"Beta" is the only wave',
  path: 'waves[0]',
  fix: 'add a wave before it',
  rule: 'acme/two-waves',
  plugin: '@acme/policy',
  version: '1.2.3',
  docs: 'https://github.com/cdkpipe/cdkpipe/blob/main/docs/errors.md#rule_violated',
};
const at = (level: string) => `rules: { 'acme/two-waves': ${level} },`;

describe.each([['plan'], ['synth']])('cdkpipe %s', (command) => {
  test('shows a warning with its place and fix, and goes on', async () => {
    const cwd = project(twoWaves);
    expect(await run(cwd, command)).toMatchObject({ exitCode: 0, errors: [], warnings: [found] });
    const { stderr } = await runCdkpipe([command], { cwd });
    expect(stderr).toContain(
      `! "Beta" is the only wave
  at   waves[0]
  by   @acme/policy 1.2.3, rule acme/two-waves
  fix  add a wave before it
`,
    );
  });

  test.each([
    ['the rule is an error', at(`'error'`), []],
    ['with --strict', '', ['--strict']],
  ])('fails and writes nothing where %s', async (_, override, flags) => {
    const cwd = project(twoWaves, override);
    expect(await run(cwd, command, ...flags)).toMatchObject({ exitCode: 2, errors: [found] });
    expect(readdirSync(cwd)).toEqual(['cdkpipe.config.ts']);
  });

  test.each([
    ['the rule is off', at(`'off'`)],
    ['it is acknowledged', `acknowledge: { 'acme/two-waves': 'a shop for a day' },`],
  ])('passes with --strict where %s', async (_, override) => {
    expect(await run(project(twoWaves, override), command, '--strict')).toMatchObject({ exitCode: 0, warnings: [] });
  });
});

test('the plan shows what was acknowledged, and why', async () => {
  const cwd = project(twoWaves, `acknowledge: { 'acme/two-waves': 'a shop for a day' },`);
  const { stdout } = await runCdkpipe(['plan'], { cwd });
  expect(stdout.replace(/\s+/g, ' ')).toContain('"Beta" is the only wave, acknowledged: a shop for a day');
});

test('a definition of YAML sets rules, too', async () => {
  const cwd = makeDirectory({
    'node_modules/@acme/policy/package.json': JSON.stringify({
      name: '@acme/policy',
      version: '1.2.3',
      type: 'module',
      exports: './index.js',
    }),
    'node_modules/@acme/policy/index.js': `import { definePlugin, defineRule } from '@cdkpipe/core';
export default definePlugin({ name: '@acme/policy', version: '1.2.3', api: 1, rules: [${twoWaves}] });`,
    'app/manifest.json': JSON.stringify({ version: '36.0.0', artifacts: {} }),
    'cdkpipe.config.yaml': `name: shop
env: { account: '111111111111', region: eu-west-1 }
plugins: ['@acme/policy']
source: { type: codeCommit, repository: shop }
build: { commands: [npx cdkpipe synth] }
rules: { acme/two-waves: [error, {}], acme/two-wavs: off }
waves: [{ name: Beta, deployments: [{ name: Beta, env: { account: '222222222222', region: eu-west-1 }, assembly: app }] }]
`,
  });
  expect(await run(cwd, 'plan')).toMatchObject({
    exitCode: 2,
    errors: [{ code: 'RULE_UNKNOWN', path: 'rules["acme/two-wavs"]', fix: 'did you mean "acme/two-waves"?' }],
  });
});

describe('a rule that misbehaves ends the command with 3, and is named', () => {
  test.each([
    ['throws', `() => { throw new Error('boom'); }`, 'PLUGIN_FAILED'],
    ['calls process.exit', `() => process.exit(0)`, 'PLUGIN_EXITED'],
    [
      'leaves a promise behind that rejects',
      `() => { void Promise.reject(new Error('late')); return []; }`,
      'PLUGIN_STRAYED',
    ],
    ['changes the plan', `(plan) => { plan.nodes.pop(); return []; }`, 'PLUGIN_FAILED'],
    ['replaces a global', `() => { JSON.stringify = () => ''; return []; }`, 'PLUGIN_PATCHED_GLOBALS'],
    ['returns something else', `() => 'fine'`, 'RULE_RESULT_INVALID'],
    ['never settles', `() => new Promise(() => {})`, 'PLUGIN_TIMED_OUT'],
  ])('when it %s', async (_, check, code) => {
    const cwd = project(rule(check));
    const { exitCode, stdout } = await runCdkpipe(['synth', '--no-validate', '--json'], {
      cwd,
      env: { CDKPIPE_PLUGIN_TIMEOUT: '3' },
    });
    expect(JSON.parse(stdout).errors).toMatchObject([
      { code, plugin: '@acme/policy', version: '1.2.3', rule: 'acme/two-waves' },
    ]);
    expect(exitCode).toBe(3);
    expect(existsSync(join(cwd, 'cdk.out'))).toBe(false);
  });
});

test.each([
  ['turns a rule off', `({ ...definition, rules: { 'acme/two-waves': 'off' } })`],
  ['acknowledges a warning', `({ ...definition, acknowledge: { 'acme/two-waves': 'hush' } })`],
  [
    'acknowledges a warning of a wave',
    `({ ...definition, waves: definition.waves.map((wave) => ({ ...wave, acknowledge: { 'acme/two-waves': 'hush' } })) })`,
  ],
])('a tap that %s is refused', async (_, changed) => {
  const cwd = project(twoWaves, '', `, hooks: { config: (definition) => ${changed} }`);
  expect(await run(cwd, 'plan')).toMatchObject({
    exitCode: 3,
    errors: [{ code: 'HOOK_RESULT_INVALID', plugin: '@acme/policy', version: '1.2.3', hook: 'config' }],
  });
});

test('plugins:inspect RULE prints its page', async () => {
  const cwd = project(twoWaves);
  const { stdout } = await runCdkpipe(['plugins:inspect', 'acme/two-waves'], { cwd });
  expect(stdout).toContain('# acme/two-waves\n\nA wave comes before the last one.');
  expect(await run(cwd, 'plugins:inspect', 'acme/two-waves')).toMatchObject({
    name: 'acme/two-waves',
    plugin: '@acme/policy',
  });
  expect(await run(cwd, 'plugins:inspect', 'acme/two-wave')).toMatchObject({
    exitCode: 2,
    errors: [{ code: 'RULE_UNKNOWN', fix: expect.stringContaining('did you mean "acme/two-waves"?') }],
  });
});

test('plugins:inspect lists rules with their levels', async () => {
  const cwd = project(twoWaves, at(`'off'`));
  const { plugins } = await run(cwd, 'plugins:inspect');
  expect(plugins.find(({ name }: { name: string }) => name === '@acme/policy').rules).toMatchObject([
    { name: 'acme/two-waves', severity: 'warning', level: 'off', reads: 'plan' },
  ]);
  const { stdout } = await runCdkpipe(['plugins:inspect'], { cwd });
  expect(stdout).toContain('acme/two-waves  off  A wave comes before the last one.');
});
