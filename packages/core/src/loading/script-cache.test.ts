import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadDefinition } from './load-definition.ts';
import { makeProject } from './project.test.fixture.ts';

const files = {
  'cdkpipe.config.ts': 'import { name } from "./lib/name"; export default { name };',
  'lib/name.ts': 'export const name: string = "shop";',
};

async function load(cacheDir: string | undefined, project = makeProject(files, { cdk: false })) {
  const { value } = await loadDefinition({ cwd: project, cacheDir });
  expect(value).toEqual({ name: 'shop' });
  return project;
}

const emptyDirectory = () => makeProject({}, { cdk: false });

it('transformed files are kept where the caller says, and the second load takes them from there', async () => {
  const cacheDir = join(emptyDirectory(), 'not/there/yet');
  const project = await load(cacheDir);
  const kept = readdirSync(join(cacheDir, 'jiti'));
  expect(kept).toHaveLength(2);
  const config = kept.find((name) => name.includes('cdkpipe')) as string;
  const changed = readFileSync(join(cacheDir, 'jiti', config), 'utf8').replaceAll(
    'exports.default =',
    'exports.default = globalThis.cached =',
  );
  writeFileSync(join(cacheDir, 'jiti', config), changed);
  await load(cacheDir, project);
  expect(globalThis).toHaveProperty('cached', { name: 'shop' });
});

it('nothing is kept in or beside the project when no cache is given', async () => {
  const project = await load(undefined);
  expect(readdirSync(project).toSorted()).toEqual(['cdkpipe.config.ts', 'lib']);
});

it.each<[string, (jiti: string) => void]>([
  ['is a file instead of a directory', (jiti) => writeFileSync(jiti, 'garbage')],
  ['cannot be written', (jiti) => mkdirSync(jiti, { mode: 0o500 })],
])('a definition loads when the cache %s', async (_, spoil) => {
  const cacheDir = emptyDirectory();
  spoil(join(cacheDir, 'jiti'));
  await load(cacheDir);
});

it.each<[string, (file: string) => void]>([
  ['garbage', (file) => writeFileSync(file, 'garbage(')],
  ['files that were cut off', (file) => writeFileSync(file, readFileSync(file).subarray(0, 99))],
  ['directories in place of files', replaceByDirectory],
])('a definition loads when the cache holds %s', async (_, spoil) => {
  const cacheDir = emptyDirectory();
  const project = await load(cacheDir);
  for (const file of readdirSync(join(cacheDir, 'jiti'))) spoil(join(cacheDir, 'jiti', file));
  await load(cacheDir, project);
});

it('a definition loads when the cache goes away under it', async () => {
  const cacheDir = emptyDirectory();
  const config =
    'import { rmSync } from "node:fs"; rmSync(process.env.CACHE_TO_REMOVE, { recursive: true, force: true }); const { name } = await import("./lib/name"); export default { name };';
  process.env.CACHE_TO_REMOVE = cacheDir;
  await load(cacheDir, makeProject({ ...files, 'cdkpipe.config.ts': config }, { cdk: false }));
});

function replaceByDirectory(file: string) {
  rmSync(file);
  mkdirSync(file);
}
