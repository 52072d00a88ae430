import { expect, test } from 'vitest';
import { loadPlugins } from './load-plugins.ts';

const kinds = [{ name: 'ask', summary: '' }];
const plugin = { name: '@acme/ask', api: 1, kinds };

/** As jiti gives a module to `require`: its default export shines through, but has no keys of its own there. */
const shiningModule = new Proxy({ default: plugin } as Record<string, unknown>, {
  get: (module, key) => Reflect.get(module, key) ?? Reflect.get(plugin, key),
});

test.each([
  ['as it is', plugin],
  ['as the module that require gives', { default: plugin, ask: () => {} }],
  ['as a module that looks like its default export', shiningModule],
])('a plugin keeps what it brings when it is listed %s', async (_, listed) => {
  expect(await loadPlugins([listed], '/project/cdkpipe.config.js')).toEqual([plugin]);
});

test('a module without a plugin in it is refused', async () => {
  await expect(loadPlugins([{ default: { ask: 1 } }], '/project/cdkpipe.config.js')).rejects.toMatchObject({
    source: 'plugin',
    path: 'plugins[0]',
  });
});

const fails = () => {
  throw new Error('no');
};

test.each([
  ['nothing, such as a misspelt import', undefined, 'not a cdkpipe plugin'],
  ['a module that exports nothing', { default: undefined }, 'not a cdkpipe plugin'],
  ['a proxy that answers nothing', new Proxy({}, { get: fails }), 'reading the plugin failed: no'],
  [
    'with kinds that cannot be read',
    Object.defineProperty({ name: 'a', api: 1 }, 'kinds', { get: fails }),
    'failed: no',
  ],
  ['with kinds that are no list', { name: 'a', api: 1, kinds: { ask: {} } }, 'kinds are no list'],
  ['with a kind of no usable name', { name: 'a', api: 1, kinds: [{ name: '__proto__' }] }, 'kinds[0] has no name'],
  ['with a renderer for nothing', { name: 'a', api: 1, renderers: [{ kind: 'ask' }] }, 'renderers[0] has no name'],
  ['with hooks that cannot be read', { name: 'a', api: 1, hooks: new Proxy({}, { ownKeys: fails }) }, 'failed: no'],
  ['with a tap that is no function', { name: 'a', api: 1, hooks: { plan: 5 } }, 'tap of "plan"'],
  ['with an order of its own', { name: 'a', api: 1, hooks: { plan: { order: 5, handler: fails } } }, 'tap of "plan"'],
  ['with pages of its problems that are none', { name: 'a', api: 1, problemDocs: { A: 'file:///a' } }, 'problemDocs'],
  ['with a name that moves the cursor', { name: 'a\u001b[2J', api: 1 }, 'characters that no npm package has'],
])('a plugin is refused that is listed as %s', async (_, listed, message) => {
  await expect(loadPlugins([listed], '/project/cdkpipe.config.js')).rejects.toMatchObject({
    source: 'plugin',
    path: 'plugins[0]',
    message: expect.stringContaining(message),
  });
});
