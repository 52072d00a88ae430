import { expect, test } from 'vitest';
import { loadPlugins } from '../host/load-plugins.ts';
import { checkAgainstManifest, readPluginManifest } from './plugin-manifest.ts';
import { pluginApi, protocolOf, protocolText, speaksProtocol } from './protocol.ts';

const later = pluginApi + 1;
const describe = (api: unknown) => ({ name: 'a', keywords: ['cdkpipe-plugin'], cdkpipePlugin: { api } });

test('a plugin that speaks our protocol among others is loaded, and ours is spoken with it', async () => {
  expect(await loadPlugins([{ name: 'a', api: [pluginApi, later] }], '/project/cdkpipe.config.js')).toHaveLength(1);
  expect([protocolOf([later, pluginApi]), protocolOf(later), protocolOf([later, 7])]).toEqual([pluginApi, later, 7]);
  expect(protocolText([1, 2])).toBe('1 and 2');
});

test.each([[later], [[]], [[later, 7]], ['1'], [['1']]])('a plugin that speaks %j is refused', async (api) => {
  expect(speaksProtocol(api)).toBe(false);
  await expect(loadPlugins([{ name: 'a', api }], '/project/cdkpipe.config.js')).rejects.toMatchObject({
    code: 'PLUGIN_API_MISMATCH',
    path: 'plugins[0]',
  });
});

test('package.json names a number or a list, and the plugin the same', () => {
  const manifest = readPluginManifest(describe([1, 2]));
  if (!('api' in manifest)) throw new Error('refused');
  expect(checkAgainstManifest({ name: 'a', api: [2, 1] }, manifest)).toEqual([]);
  expect(checkAgainstManifest({ name: 'a', api: 1 }, manifest)).toMatchObject([
    { message: expect.stringMatching(/1, 2/) },
  ]);
  for (const wrong of [[], [0], '1', [1.5]]) expect(readPluginManifest(describe(wrong))).not.toHaveProperty('api');
});
