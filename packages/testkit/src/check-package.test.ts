import { describe, expect, test } from 'vitest';
import { openPackage } from './check-package.ts';
import { checks } from './checks/checks.ts';
import { badPlugins } from './fixture/bad-plugins/bad-plugins.test.fixture.ts';
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
    ).toEqual([id]);
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
