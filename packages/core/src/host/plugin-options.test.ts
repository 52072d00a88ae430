import { expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { definePlugin, type Plugin } from '../contracts/plugin.ts';
import { defineRenderer } from '../contracts/renderer.ts';
import { optionsGivenTo } from './configure-plugin.ts';
import { loadPlugins, readPlugins } from './load-plugins.ts';

const file = '/project/cdkpipe.config.js';
const options = z.strictObject({ level: z.number().int().max(3), tags: z.array(z.string()).default([]) });

/** What the plugin was given, in the order of its calls. */
function makePolicy() {
  const seen: unknown[] = [];
  const plugin = definePlugin({
    name: '@acme/policy',
    api: 1,
    options,
    hooks: (given) => {
      expectTypeOf(given).toEqualTypeOf<{ level: number; tags: string[] }>();
      seen.push(given);
      return given.level > 1 ? { plan: () => undefined, model: () => undefined } : { plan: () => undefined };
    },
    renderers: ({ level }) => [
      defineRenderer({ backend: 'local', kind: `level${level}`, render: () => ({ type: 'question' }) }),
    ],
  });
  return { plugin, seen };
}

test.each<[string, (plugin: Plugin) => unknown]>([
  ['a pair', (plugin) => [plugin, { level: 2 }]],
  ['an object', (plugin) => ({ plugin, options: { level: 2 } })],
])('a plugin in %s is given its options, as its schema makes them, frozen', async (_, entry) => {
  const { plugin, seen } = makePolicy();
  const [loaded] = await loadPlugins([entry(plugin)], file);
  expect(seen).toEqual([{ level: 2, tags: [] }]);
  expect(Object.isFrozen((seen[0] as { tags: unknown }).tags)).toBe(true);
  expect(Object.keys(loaded?.hooks ?? {})).toEqual(['plan', 'model']);
  expect(loaded?.renderers?.map(({ kind }) => kind)).toEqual(['level2']);
  expect(loaded && optionsGivenTo(loaded)).toEqual({ level: 2 });
});

test('every fault of the options of every plugin is told, at its place', async () => {
  const { plugin } = makePolicy();
  const other = definePlugin({ name: '@acme/other', api: 1, options: z.strictObject({ on: z.boolean() }) });
  const listed = [
    [plugin, { level: 9, tags: [1], levle: 2 }],
    { plugin: other, options: { on: 'yes' } },
    definePlugin({ name: '@acme/needs', api: 1, options: z.strictObject({ team: z.string() }) }),
  ];
  await expect(loadPlugins(listed, file)).rejects.toMatchObject({
    source: 'user',
    problems: [
      { code: 'OPTIONS_INVALID', path: 'plugins[0][1].level' },
      { code: 'OPTIONS_INVALID', path: 'plugins[0][1].tags[0]' },
      { code: 'UNKNOWN_KEY', path: 'plugins[0][1].levle', fix: expect.stringContaining('level') },
      { code: 'OPTIONS_INVALID', path: 'plugins[1].options.on' },
      { path: 'plugins[2].team' },
    ],
  });
});

test('options of a plugin without a schema are refused, but for none', async () => {
  const plugin = definePlugin({ name: '@acme/plain', api: 1 });
  expect(await loadPlugins([[plugin, {}]], file)).toHaveLength(1);
  await expect(loadPlugins([[plugin, { level: 1 }] as never], file)).rejects.toMatchObject({
    source: 'user',
    problems: [
      { code: 'OPTIONS_INVALID', path: 'plugins[0][1]', message: expect.stringContaining('takes no options') },
    ],
  });
});

const circle: Record<string, unknown> = {};
circle.again = circle;

test.each<[string, (plugin: Plugin) => unknown, string, string]>([
  ['one value', (plugin) => [plugin], 'plugins[0]', 'user'],
  ['three values', (plugin) => [plugin, {}, {}], 'plugins[0]', 'user'],
  ['another key', (plugin) => ({ plugin, option: {} }), 'plugins[0].option', 'user'],
  ['a number for the plugin', () => ({ plugin: 1 }), 'plugins[0].plugin', 'user'],
  ['no data in its options', (plugin) => [plugin, { level: new Date(0) }], 'plugins[0][1].level', 'user'],
  ['options that hold themselves', (plugin) => [plugin, circle], 'plugins[0][1].again', 'user'],
  ['no options although it must have some', (plugin) => plugin, 'plugins[0].level', 'user'],
  ['nothing for the plugin', () => [undefined, {}], 'plugins[0][0]', 'plugin'],
  [
    'a getter that throws',
    () => ({
      get plugin(): never {
        throw new Error('no');
      },
    }),
    'plugins[0]',
    'plugin',
  ],
])('an entry with %s is refused at its place', async (_, entry, path, source) => {
  await expect(loadPlugins([entry(makePolicy().plugin)], file)).rejects.toMatchObject({ source, path });
});

test.each<[string, object, RegExp]>([
  [
    'throws',
    {
      hooks: () => {
        throw new Error('no level');
      },
    },
    /no level/,
  ],
  ['returns a tap that is none', { hooks: () => ({ plan: 5 }) }, /tap of "plan"/],
  ['returns renderers that are none', { renderers: () => [{}] }, /renderers\[0\] has no name/],
  ['has a schema that is none', { options: { level: 1 } }, /its options are no schema/],
])('a plugin that %s is refused by name', async (_, parts, message) => {
  const plugin = { name: '@acme/broken', version: '1.2.3', api: 1, ...parts };
  await expect(loadPlugins([plugin], file)).rejects.toMatchObject({
    source: 'plugin',
    message: expect.stringMatching(message),
    problems: [expect.objectContaining({ plugin: '@acme/broken', version: '1.2.3' })],
  });
});

test('reading alone gives no options, so that a plugin can be looked at before anybody has written them', async () => {
  const { plugin, seen } = makePolicy();
  expect(await readPlugins([plugin], file)).toMatchObject([{ plugin: { name: '@acme/policy' } }]);
  expect(seen).toEqual([]);
});
