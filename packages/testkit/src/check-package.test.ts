import { describe, expect, test } from 'vitest';
import { openPackage } from './check-package.ts';
import { checks } from './checks/checks.ts';
import { alsoFails, badPlugins, ruled } from './fixture/bad-plugins/bad-plugins.test.fixture.ts';
import { type Change, writePlugin } from './fixture/bad-plugins/good-plugin.test.fixture.ts';

const unpassed = async (directory: string, which = checks) => {
  using opened = openPackage({ directory });
  const results = [];
  for (const check of which) results.push(await opened.run(check));
  return results.flatMap(({ id, state, findings }) => (state === 'passed' ? [] : [{ id, state, findings }]));
};

/** Nothing but files beside the code differs from the good plugin, of which all else is known. */
const isAboutPapers = ({ description, files, ...code }: Change) => Object.keys(code).length === 0;
const ofPapers = checks.filter(({ id }) => id < 'CP130');

test('a good plugin passes every check', async () => {
  using plugin = writePlugin();
  expect(await unpassed(plugin.directory)).toEqual([]);
});

test('a good plugin with a lint rule passes every check', async () => {
  using plugin = writePlugin(ruled(''));
  expect(await unpassed(plugin.directory)).toEqual([]);
});

/** A plugin that must be given options, and taps hooks by them. */
const configured = (declared: string): Change => ({
  description: { cdkpipePlugin: { api: 1, kinds: ['second-look'], hooks: ['model', 'plan'] } },
  declared: `options: z.strictObject({ level: z.number().int().describe('How strict it is.') }),
  examples: [{ title: 'Strict', options: { level: 2 } }, { title: 'Lax', options: { level: 0 } }],
  hooks: ({ level }) => (level > 1 ? { model: () => {}, plan: () => {} } : { plan: () => {} }),
  ${declared}`,
});

test('a plugin that takes options is checked with those of its examples, and passes', async () => {
  using plugin = writePlugin(configured(''));
  expect(await unpassed(plugin.directory)).toEqual([]);
});

test.each([
  ['has an option without a description', 'options: z.strictObject({ level: z.number() }),', ['CP201']],
  ['has no example', 'examples: undefined,', ['CP202']],
  ['has an example that is refused', "examples: [{ title: 'Loud', options: { level: 'high' } }],", ['CP203']],
  ['fails with one of its examples', 'hooks: ({ level }) => (level === 0 ? null.plan : {}),', ['CP203']],
  ['taps a hook that package.json does not name', 'hooks: () => ({ emit: () => {} }),', ['CP203']],
])('a plugin that takes options fails where it %s', async (_, declared, expected) => {
  using plugin = writePlugin(configured(declared));
  const failed = await unpassed(
    plugin.directory,
    checks.filter(({ id }) => id < 'CP204'),
  );
  expect(failed.map(({ id }) => id)).toEqual(expected);
});

describe('a bad plugin fails exactly its check', () => {
  test('there is one for each check', () => {
    expect(Object.keys(badPlugins)).toEqual(checks.map(({ id }) => id));
  });

  test.each(Object.entries(badPlugins))('%s', async (id, change) => {
    using plugin = writePlugin(change);
    const failed = (await unpassed(plugin.directory, isAboutPapers(change) ? ofPapers : checks)).filter(
      ({ state }) => state === 'failed',
    );
    expect(
      failed.map((each) => each.id),
      JSON.stringify(failed),
    ).toEqual([...(alsoFails[id] ?? []), id]);
    expect(failed.flatMap(({ findings }) => findings).every(({ message }) => message.length > 10)).toBe(true);
  });
});

test('IDs of checks are unique, and each says why and what to do', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  for (const { id, title, why, fix } of checks) {
    expect(id).toMatch(/^CP\d{3}$/);
    for (const text of [title, why, fix]) expect(text.length).toBeGreaterThan(10);
  }
});

test('a gate that asks by a request of its own, and approves whatever comes back, passes no check of how it fails', async () => {
  const render = `defineRenderer({
    backend: 'local',
    kind: 'second-look',
    render: () => ({ type: 'task', retry: 'safe', run: async () => {
      await fetch('http://127.0.0.1:9/', { headers: { authorization: 'Bearer x' } }).catch(() => {});
      return { approved: true };
    } }),
  })`;
  using plugin = writePlugin({
    description: { cdkpipePlugin: { api: 1, kinds: ['second-look'], renderers: ['local/second-look'] } },
    renderers: render,
  });
  const failed = await unpassed(
    plugin.directory,
    checks.filter(({ id }) => id >= 'CP302'),
  );
  expect(failed.map(({ id }) => id)).toEqual(['CP302', 'CP303', 'CP304', 'CP306', 'CP307']);
});

/** A plugin whose only task runs this code. */
function gateOf(code: string) {
  return writePlugin({
    description: { cdkpipePlugin: { api: 1, kinds: ['second-look'], renderers: ['local/second-look'] } },
    renderers: `defineRenderer({
      backend: 'local',
      kind: 'second-look',
      render: () => ({ type: 'task', retry: 'safe', run: async (signal, tools) => { ${code} } }),
    })`,
  });
}

const failClosed = checks.filter(({ id }) => id >= 'CP302');

test.each([
  [
    'fetch',
    `const answer = await tools.fetch('http://127.0.0.1:9/');
    return answer.ok ? { approved: true } : { approved: false, reason: 'it said ' + answer.status };`,
  ],
  ['aws', 'await tools.aws({ send: () => {} }, { input: {} }); return { approved: true };'],
])('a gate that asks with tools.%s and heeds the answer passes them all', async (_, code) => {
  using plugin = gateOf(code);
  expect(await unpassed(plugin.directory, failClosed)).toEqual([]);
});

test('a gate that approves where AWS does not answer fails, and no client is asked', async () => {
  using plugin = gateOf(`await tools.aws({ send: () => process.abort() }, { input: {} }).catch(() => {});
    return { approved: true };`);
  const failed = await unpassed(plugin.directory, failClosed);
  expect(failed.map(({ id }) => id)).toEqual(['CP302', 'CP303', 'CP304', 'CP305', 'CP306']);
});
