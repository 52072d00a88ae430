import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

/** A project whose only plugin of its own has these hooks, written as code. */
const tapped = (...plugins: readonly string[]) =>
  makeDirectory({ 'cdkpipe.config.ts': definition({ override: `plugins: [${plugins.join(', ')}],` }) });

const plugin = (name: string, hooks: string) => `{ name: '${name}', version: '1.2.3', api: 1, hooks: { ${hooks} } }`;

describe('a tap that misbehaves ends the command with 3, names the plugin, and leaves nothing behind', () => {
  test.each([
    ['calls process.exit', `plan: () => process.exit(0)`, 'PLUGIN_EXITED', 'plan'],
    ['calls process.exit and goes on', `model: () => { try { process.exit(0); } catch {} }`, 'PLUGIN_EXITED', 'model'],
    [
      'calls process.exit in a timer',
      `model: async () => { setTimeout(() => process.exit(0), 1); await new Promise((end) => setTimeout(end, 500)); }`,
      'PLUGIN_EXITED',
      'model',
    ],
    [
      'leaves a timer behind that throws',
      `model: async () => { setTimeout(() => { throw new Error('late'); }, 1); await new Promise((end) => setTimeout(end, 500)); }`,
      'PLUGIN_STRAYED',
      'model',
    ],
    [
      'leaves a promise behind that rejects',
      `model: () => void Promise.reject(new Error('late'))`,
      'PLUGIN_STRAYED',
      'model',
    ],
    ['changes what it was given', `plan: (plan) => void plan.nodes.pop()`, 'PLUGIN_FAILED', 'plan'],
    ['returns something else', `model: () => 'shop'`, 'HOOK_RESULT_INVALID', 'model'],
  ])('when it %s', async (_, hooks, code, hook) => {
    const cwd = tapped(plugin('@acme/bad', hooks));
    const { exitCode, stdout, stderr } = await runCdkpipe(['synth', '--no-validate', '--json'], { cwd });
    expect(JSON.parse(stdout).errors).toMatchObject([{ code, plugin: '@acme/bad', version: '1.2.3', hook }]);
    expect(exitCode).toBe(3);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(cwd)).toEqual(['cdkpipe.config.ts']);
  });
});

test('something that the definition left running is its own fault', async () => {
  const before = `Promise.reject(new Error('late'));`;
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition({ before }) });
  const { exitCode, stdout } = await runCdkpipe(['synth', '--no-validate', '--json'], { cwd });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout).errors).toMatchObject([{ code: 'DEFINITION_STRAYED' }]);
});

describe('synth --trace-hooks', () => {
  const rename = plugin('@acme/rename', `config: (definition) => ({ ...definition, name: 'store' })`);
  const audit = plugin('@acme/audit', `emit: () => {}, config: () => {}`);

  test('tells which tap changed what, in the order in which they ran', async () => {
    const cwd = tapped(rename, audit);
    const { stdout } = await runCdkpipe(['synth', '--no-validate', '--json', '--trace-hooks'], { cwd });
    expect(JSON.parse(stdout).hooks).toMatchObject([
      {
        hook: 'config',
        plugin: '@acme/rename',
        version: '1.2.3',
        calls: 1,
        milliseconds: expect.any(Number),
        changes: [{ type: 'changed', place: ['name'], before: 'shop', after: 'store' }],
      },
      { hook: 'config', plugin: '@acme/audit', changes: [] },
      { hook: 'emit', plugin: '@acme/audit' },
    ]);
  });

  test('tells it on stderr, also when a tap fails', async () => {
    const cwd = tapped(rename, plugin('@acme/bad', `plan: () => { throw new Error('boom'); }`));
    const { stderr, exitCode } = await runCdkpipe(['synth', '--no-validate', '--trace-hooks'], { cwd });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('~ name: "shop" → "store"');
    expect(stderr).toMatch(/plan +@acme\/bad 1\.2\.3 {2}[\d.]+ ms {2}failed/);
  });
});

describe('plugins:inspect', () => {
  test('lists what each plugin brings, and where its taps stand', async () => {
    const first = plugin('@acme/first', `plan: { after: ['@acme/second'], handler: () => {} }`);
    const cwd = tapped(first, plugin('@acme/second', `plan: () => {}`));
    const { stdout, exitCode } = await runCdkpipe(['plugins:inspect', '--trace-hooks', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const { plugins, hooks } = JSON.parse(stdout);
    expect(plugins).toMatchObject([
      { name: '@cdkpipe/backend-codepipeline', builtIn: true, backends: [{ name: 'codepipeline' }] },
      { name: '@cdkpipe/backend-local', builtIn: true, backends: [{ name: 'local' }] },
      { name: '@acme/first', taps: [{ hook: 'plan', place: 2, of: 2, after: ['@acme/second'] }] },
      { name: '@acme/second', taps: [{ hook: 'plan', place: 1, of: 2, after: [] }] },
    ]);
    expect(hooks.map((tap: { plugin: string }) => tap.plugin)).toEqual(['@acme/second', '@acme/first']);
    expect(readdirSync(cwd)).toEqual(['cdkpipe.config.ts']);
  });

  test('reads the definition alone: neither stacks that fail nor a plan that is refused are in the way', async () => {
    const kind = `{ name: '@acme/pager', api: 1, kinds: [{ name: 'pager', summary: 'Pages.' }], hooks: { plan: () => {} } }`;
    const broken = tapped(kind).concat('/cdkpipe.config.ts');
    const text = readFileSync(broken, 'utf8').replace(
      'stacks: (stage) => {',
      "stacks: (stage) => { throw new Error('no');",
    );
    writeFileSync(broken, text);
    const cwd = dirname(broken);
    expect(await runCdkpipe(['plan', '--json'], { cwd })).toMatchObject({ exitCode: 2 });
    const { stdout, exitCode } = await runCdkpipe(['plugins:inspect', '--json'], { cwd });
    expect(exitCode, stdout).toBe(0);
    const { plugins, hooks } = JSON.parse(stdout);
    expect(plugins.at(-1)).toMatchObject({ name: '@acme/pager', taps: [{ hook: 'plan' }], kinds: [{ name: 'pager' }] });
    expect(hooks).toBeUndefined();
    expect(await runCdkpipe(['plugins:inspect', 'pager'], { cwd })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('# pager'),
    });
  });

  test('refuses a kind that no plugin brings, with the near misses', async () => {
    const kind = `{ name: '@acme/pager', api: 1, kinds: [{ name: 'pager', summary: 'Pages.' }] }`;
    const { stdout, exitCode } = await runCdkpipe(['plugins:inspect', 'pagr', '--json'], { cwd: tapped(kind) });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).errors).toMatchObject([
      { code: 'KIND_UNKNOWN', fix: expect.stringContaining('did you mean "pager"') },
    ]);
  });
});
