import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { findConfig } from './find-config.ts';
import { makeProject, writeFiles } from './project.test.fixture.ts';

it('the first of several types is taken, TypeScript before all', async () => {
  const order = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json', 'yaml', 'yml'].map((type) => `cdkpipe.config.${type}`);
  const cwd = makeProject({ 'package.json': '{ "cdkpipe": {} }' });
  for (const file of order.toReversed()) {
    writeFiles(cwd, { [file]: '{}' });
    expect(basename((await findConfig({ cwd }, undefined)).file)).toBe(file);
  }
});

it('the nearest definition is taken, and its directory is the project', async () => {
  const root = makeProject({
    'package.json': '{}',
    'cdkpipe.config.json': '{ "name": "outer" }',
    'a/package.json': '{ "cdkpipe": { "name": "inner" } }',
    'a/b/package.json': '{ "name": "b" }',
    'a/b/c/package.json': '',
  });
  const found = await findConfig({ cwd: `${root}/a/b/c` }, undefined);
  expect(found).toMatchObject({ file: `${root}/a/package.json`, directory: `${root}/a` });
  expect(await found.read()).toEqual({ name: 'inner' });
});

it('exactly the file is taken that --config names, whatever its name', async () => {
  const cwd = makeProject({ 'cdkpipe.config.json': '{ "name": "outer" }', 'ci/beta.yaml': 'name: beta' });
  const found = await findConfig({ cwd }, 'ci/beta.yaml');
  expect(found).toMatchObject({ file: `${cwd}/ci/beta.yaml`, directory: `${cwd}/ci` });
  expect(await found.read()).toEqual({ name: 'beta' });
});

it('data is read without loading jiti or the CDK', async () => {
  const cwd = makeProject({ 'cdkpipe.config.json': '{ "name": "shop" }', 'shop.yaml': 'name: shop' });
  for (const path of [undefined, 'shop.yaml']) await (await findConfig({ cwd }, path)).read();
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  expect(loaded.filter((file) => /node_modules.(jiti|aws-cdk-lib)./.test(file))).toEqual([]);
  expect(loaded.filter((file) => /node_modules.js-yaml./.test(file))).not.toEqual([]);
});

it.each([undefined, 'cdkpipe.config.json'])('a link that leads to itself is refused (%s)', async (path) => {
  const cwd = makeProject({ 'package.json': '{}' });
  symlinkSync('cdkpipe.config.json', `${cwd}/cdkpipe.config.json`);
  await expect(findConfig({ cwd }, path)).rejects.toMatchObject({
    source: 'user',
    problems: [{ code: 'CONFIG_FILE_UNREADABLE', message: expect.stringContaining('ELOOP') }],
  });
});

it.each([undefined, 'cdkpipe.config.json'])(
  'a pipe and a device are refused, as reading them may never end (%s)',
  async (path) => {
    const withPipe = makeProject({ 'package.json': '{}' });
    execFileSync('mkfifo', [`${withPipe}/cdkpipe.config.json`]);
    const withDevice = makeProject({ 'package.json': '{}' });
    symlinkSync('/dev/zero', `${withDevice}/cdkpipe.config.json`);
    for (const cwd of [withPipe, withDevice])
      await expect(findConfig({ cwd }, path)).rejects.toMatchObject({
        source: 'user',
        problems: [{ code: 'CONFIG_FILE_UNREADABLE', message: expect.stringContaining('it is not a regular file') }],
      });
  },
);
