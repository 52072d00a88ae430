import { readFileSync } from 'node:fs';
import { checkAgainstManifest, type Plugin, readPluginManifest } from '@cdkpipe/core';
import codebuild from '@cdkpipe/plugin-codebuild-approval';
import lambda from '@cdkpipe/plugin-lambda-approval';
import manual from '@cdkpipe/plugin-manual-approval';
import { expect, test } from 'vitest';

test.each<Plugin>([codebuild, lambda, manual])('$name brings what its package.json says', (plugin) => {
  const file = new URL(`../../../${plugin.name.replace('@cdkpipe/', '')}/package.json`, import.meta.url);
  const manifest = readPluginManifest(JSON.parse(readFileSync(file, 'utf8')));
  expect(manifest).toHaveProperty('api');
  if ('api' in manifest) expect(checkAgainstManifest(plugin, manifest)).toEqual([]);
});
