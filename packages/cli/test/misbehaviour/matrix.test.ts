/** Everything that a plugin may do wrong, everywhere: who is told to be at fault, where, and with which exit code. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from '@cdkpipe/core';
import { type ProjectRequest, synthesize } from '@cdkpipe/core/host';
import { beforeAll, describe, expect, test } from 'vitest';
import { toFailure } from '../../src/problems/failure.ts';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import { type Behaviour, behaviours, functionOf, withoutOtherListeners } from './behaviours.test.fixture.ts';
import { assembly, builtIns, definition } from './project.test.fixture.ts';
import { engineFixture } from './run.test.fixture.ts';

const who = { plugin: '@acme/odd', version: '1.2.3' };
const plugin = (parts: Partial<Plugin>): Plugin => ({ name: who.plugin, version: who.version, api: 1, ...parts });

/** The first fault and the exit code of a command; undefined where it ends well. */
async function outcomeOf(work: () => Promise<unknown>) {
  try {
    await withoutOtherListeners(work);
    return undefined;
  } catch (error) {
    const { exitCode, problems } = toFailure(error);
    const { code, plugin, version, hook, node, kind, backend } = problems[0] ?? {};
    return { exitCode, code, plugin, version, hook, node, kind, backend };
  }
}

interface Place {
  readonly hook?: string;
  readonly node?: string | undefined;
  readonly kind?: string;
  readonly backend?: string;
}

const expected = (code: string, at: Place = {}) => ({
  exitCode: 3,
  code,
  ...who,
  hook: undefined,
  node: undefined,
  kind: undefined,
  backend: undefined,
  ...at,
});

/** Where a schema of its own says what is wrong with garbage. */
const refusals: Readonly<Record<string, string>> = { config: 'WAVES_MISSING', render: 'ACTION_INVALID' };

const garbage: Behaviour = { title: 'returns garbage', code: `return { x: 1 };`, fault: 'HOOK_RESULT_INVALID' };
const unreadable: Behaviour = {
  title: 'returns a proxy that answers nothing',
  code: `const no = (_, key) => { if (key === 'then') return undefined; throw new Error('no'); };
    return new Proxy({}, { get: no, has: no, ownKeys: no, getPrototypeOf: no, getOwnPropertyDescriptor: no });`,
  fault: 'HOOK_RESULT_INVALID',
};

describe('synth', () => {
  let cwd: string;
  const request = (plugins: readonly Plugin[], change: Partial<ProjectRequest> = {}) => ({
    cwd,
    builtIns: [...builtIns, ...plugins],
    validate: false,
    pluginTimeoutMs: 400,
    ...change,
  });
  beforeAll(async () => {
    const odd = structuredClone(definition) as { waves: { deployments: { approvals: object[] }[] }[] };
    odd.waves[0]?.deployments[0]?.approvals.push({ kind: 'odd', name: 'Odd' });
    cwd = makeDirectory({
      ...assembly,
      'cdkpipe.config.json': JSON.stringify(definition),
      'odd.json': JSON.stringify(odd),
    });
    await synthesize(request([]));
  });

  /** The assembly that was there before must still be there, byte for byte. */
  const untouched = async (work: () => Promise<unknown>) => {
    const file = join(cwd, 'cdk.out/shop-pipeline.template.json');
    const before = readFileSync(file, 'utf8');
    const outcome = await outcomeOf(work);
    expect(readFileSync(file, 'utf8')).toBe(before);
    return outcome;
  };

  const hooks = [
    ['config', {}],
    ['model', {}],
    ['assembly', {}],
    ['plan', {}],
    ['render', { node: 'source' }],
    ['render', { node: undefined }], // its end
    ['emit', {}],
  ] as readonly [string, Place][];
  describe.each(hooks)('a tap of %s %o', (hook, at) => {
    const isEnd = hook === 'render' && at.node === undefined;
    test.each([...behaviours, garbage, unreadable])('that $title', async ({ code, fault }) => {
      const act = functionOf(code);
      const handler = (event: unknown) => {
        if (hook === 'render' && ((event as { type: string }).type === 'end') !== isEnd) return undefined;
        return act();
      };
      const outcome = await untouched(() => synthesize(request([plugin({ hooks: { [hook]: handler } })])));
      const what = code === garbage.code ? (refusals[hook + (isEnd ? ' end' : '')] ?? fault) : fault;
      expect(outcome).toEqual(expected(what, { hook, ...at }));
    });
  });

  describe('a renderer', () => {
    test.each([...behaviours, { ...garbage, fault: 'ACTION_INVALID' }, { ...unreadable, fault: 'PLUGIN_FAILED' }])(
      'that $title',
      async ({ code, fault }) => {
        const odd = plugin({
          kinds: [{ name: 'odd', summary: 'Odd.', positions: ['approval'] }],
          renderers: [{ backend: 'codepipeline', kind: 'odd', render: functionOf(code) }],
        });
        const outcome = await untouched(() => synthesize(request([odd], { configPath: 'odd.json' })));
        expect(outcome).toEqual(expected(fault, { node: 'Eu/Odd', kind: 'odd', backend: 'codepipeline' }));
      },
    );
  });
});

describe('import', () => {
  const manifest = (type: string) =>
    JSON.stringify({
      ...{ name: who.plugin, version: who.version, type, main: 'index.js' },
      keywords: ['cdkpipe-plugin'],
      cdkpipePlugin: { api: 1 },
    });
  const script = `import odd from '@acme/odd';
export default { ...${JSON.stringify(definition)}, plugins: [odd] };
`;
  const forms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'as plugins:install writes it': { 'cdkpipe.config.ts': script },
    'by its name': { 'cdkpipe.config.json': JSON.stringify({ ...definition, plugins: ['@acme/odd'] }) },
  };
  describe.each(Object.keys(forms))('%s', (form) => {
    describe.each(['module', 'commonjs'])('of a %s', (type) => {
      const able = behaviours.filter(({ code }) => type === 'module' || !code.includes('await'));
      test.each(able)('that $title', async ({ code, fault, atImport = fault }) => {
        const exported = `{ name: '${who.plugin}', api: 1 }`;
        const cwd = makeDirectory({
          ...assembly,
          ...forms[form],
          'node_modules/@acme/odd/package.json': manifest(type),
          'node_modules/@acme/odd/index.js':
            type === 'module' ? `${code}\nexport default ${exported};\n` : `${code}\nmodule.exports = ${exported};\n`,
        });
        const outcome = await outcomeOf(() => synthesize({ cwd, builtIns, validate: false, pluginTimeoutMs: 400 }));
        expect(outcome).toEqual(expected(atImport));
        expect(existsSync(join(cwd, 'cdk.out'))).toBe(false);
      });
    });

    test('of a good one runs its code once', async () => {
      const cwd = makeDirectory({
        ...assembly,
        ...forms[form],
        'node_modules/@acme/odd/package.json': manifest('module'),
        'node_modules/@acme/odd/index.js': `import { appendFileSync } from 'node:fs';
appendFileSync(new URL('./count', import.meta.url), 'x');
export default { name: '${who.plugin}', api: 1 };
`,
      });
      await synthesize({ cwd, builtIns, validate: false });
      expect(readFileSync(join(cwd, 'node_modules/@acme/odd/count'), 'utf8')).toBe('x');
    });
  });
});

describe('run', () => {
  const { open, run } = engineFixture();
  beforeAll(open);

  const hooks = [
    ['runStart', {}],
    ['actionStart', { node: 'source' }],
    ['actionEnd', { node: 'source' }],
    ['runEnd', {}],
  ] as const;
  describe.each(hooks)('a tap of %s', (hook, at) => {
    test.each([...behaviours, garbage])('that $title stops the run, which can be resumed', async ({ code, fault }) => {
      const act = functionOf(code);
      const stopped = await run([plugin({ hooks: { [hook]: () => act() } })]);
      expect(await outcomeOf(stopped.work)).toEqual(expected(fault, { hook, ...at }));
      expect(stopped.events().at(-1)).toMatchObject({ event: { type: 'runInterrupted', reason: 'plugin' } });
      const resumed = await run([], { resume: stopped.id() });
      await expect(resumed.work()).resolves.toMatchObject({ end: 'succeeded' });
    });
  });

  const odd = (render: () => unknown) =>
    plugin({
      kinds: [{ name: 'odd', summary: 'Odd.', positions: ['approval'] }],
      renderers: [{ backend: 'local', kind: 'odd', render }],
    });
  const good = odd(() => ({ type: 'task', retry: 'safe', run: async () => ({ approved: true }) }));
  const at = { node: 'Eu/Odd', kind: 'odd', backend: 'local' };

  describe('a renderer', () => {
    test.each([
      ...behaviours,
      { ...garbage, fault: 'LOCAL_ACTION_INVALID' },
      { ...unreadable, fault: 'LOCAL_ACTION_INVALID' },
    ])('that $title stops the run, which can be resumed', async ({ code, fault }) => {
      const stopped = await run([odd(functionOf(code))], { configPath: 'odd.json' });
      expect(await outcomeOf(stopped.work)).toEqual(expected(fault, at));
      const resumed = await run([good], { configPath: 'odd.json', resume: stopped.id() });
      await expect(resumed.work()).resolves.toMatchObject({ end: 'succeeded' });
    });
  });

  describe('a task', () => {
    const misbehaving = behaviours
      .filter(({ fault }) => fault !== 'PLUGIN_FAILED')
      .map((each) => (each.fault === 'PLUGIN_TIMED_OUT' ? { ...each, fault: 'TASK_NEVER_SETTLES' } : each));
    test.each([
      ...misbehaving,
      { ...garbage, fault: 'TASK_RESULT_INVALID' },
      { ...garbage, title: 'returns nothing', code: '', fault: 'TASK_RESULT_INVALID' },
      { ...garbage, title: 'is nearly approved', code: `return { approved: 'true' };`, fault: 'TASK_RESULT_INVALID' },
      { ...garbage, title: 'gives no reason', code: 'return { approved: false };', fault: 'TASK_RESULT_INVALID' },
      { ...unreadable, fault: 'TASK_RESULT_INVALID' },
    ])('that $title stops the run, which can be resumed', async ({ code, fault }) => {
      const act = functionOf(code);
      const bad = odd(() => ({ type: 'task', retry: 'safe', run: act }));
      const stopped = await run([bad], { configPath: 'odd.json' });
      const ended = await outcomeOf(stopped.work);
      expect(ended).toEqual(expected(fault, at));
      const resumed = await run([good], { configPath: 'odd.json', resume: stopped.id() });
      await expect(resumed.work()).resolves.toMatchObject({ end: 'succeeded' });
    });

    test.each(behaviours.filter(({ fault }) => fault === 'PLUGIN_FAILED'))(
      'that $title has not passed: the run has failed',
      async ({ code }) => {
        const act = functionOf(code);
        const failed = await run([odd(() => ({ type: 'task', retry: 'safe', run: act }))], { configPath: 'odd.json' });
        await expect(failed.work()).resolves.toMatchObject({ end: 'failed' });
      },
    );
  });
});
