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
