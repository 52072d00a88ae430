/** Holds the plugins of this repository, whichever there are, against what their package.json says of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkAgainstManifest, type Plugin, readPluginManifest } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { wellKnown } from './near-miss.ts';

const packages = fileURLToPath(new URL('../../../', import.meta.url));
const names = readdirSync(packages).filter((name) => name.startsWith('plugin-'));

test('all of them are names that others may be mistaken for', () => {
  expect(names.map((name) => `@cdkpipe/${name}`)).toEqual([...wellKnown].sort());
});

test.each(names)('@cdkpipe/%s brings what its package.json says', async (name) => {
  const { default: plugin } = (await import(`@cdkpipe/${name}`)) as { default: Plugin };
  const manifest = readPluginManifest(JSON.parse(readFileSync(`${packages}/${name}/package.json`, 'utf8')));
  if (!('api' in manifest)) expect.fail(JSON.stringify(manifest));
  expect(checkAgainstManifest(plugin, manifest)).toEqual([]);
});
