import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packCompiled, unpackCompiled } from './compiled-files.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cdkpipe-compiled-'));
  mkdirSync(join(directory, 'library', 'deep'), { recursive: true });
  write('index.js', "module.exports = { sum: require('./deep/sum').sum(1, 2), here: [__filename, __dirname] };");
  write('deep/sum.js', 'exports.sum = (a, b) => a + b;');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(file: string, content: string) {
  writeFileSync(join(directory, 'library', file), content);
}

/** Loads the library in a process of its own, with the cache. */
function load(cacheDir = join(directory, 'cache')): unknown {
  const program = `
    import { createRequire } from 'node:module';
    import { openCompileCache } from ${JSON.stringify(new URL('./compile-cache.ts', import.meta.url).href)};
    const cache = openCompileCache(${JSON.stringify(join(directory, 'library'))}, ${JSON.stringify(cacheDir)});
    const loaded = createRequire(import.meta.url)(${JSON.stringify(join(directory, 'library', 'index.js'))});
    cache.save();
    console.log(JSON.stringify(loaded));
  `;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

const expected = () => ({ sum: 3, here: [join(directory, 'library', 'index.js'), join(directory, 'library')] });

test('modules behave the same without a cache, when it is made, and when it is used', () => {
  expect([load(), load(), load()]).toEqual([expected(), expected(), expected()]);
  expect(readdirSync(join(directory, 'cache', 'compiled'))).not.toEqual([]);
});

test('a file that changed is compiled anew, even when it is as long as before', () => {
  load();
  load();
  write('deep/sum.js', 'exports.sum = (a, b) => a - b;');
  utimesSync(join(directory, 'library', 'deep', 'sum.js'), new Date(), new Date(Date.now() + 5000));
  expect(load()).toMatchObject({ sum: -1 });
});

test('a file that changed is compiled anew, even when it is as long and as old as before', () => {
  const file = join(directory, 'library', 'deep', 'sum.js');
  const time = new Date('2026-01-01T00:00:00Z');
  utimesSync(file, time, time);
  load();
  load();
  write('deep/sum.js', 'exports.sum = (a, b) => a - b;');
  utimesSync(file, time, time);
  expect(load()).toMatchObject({ sum: -1 });
});

test('a cache that is garbage, or cannot be written, costs nothing but time', () => {
  load();
  load();
  for (const file of readdirSync(join(directory, 'cache', 'compiled'), { recursive: true, withFileTypes: true }))
    if (file.isFile()) writeFileSync(join(file.parentPath, file.name), 'garbage');
  expect(load()).toEqual(expected());
  writeFileSync(join(directory, 'not-a-directory'), '');
  expect(load(join(directory, 'not-a-directory'))).toEqual(expected());
});

test('what is packed is unpacked, and cut-off bytes are noticed', () => {
  const pieces = fc.dictionary(
    fc.string(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(pieces, (files) => {
      const given = new Map(Object.entries(files).map(([name, data]) => [name, { version: '1', data }]));
      const bytes = packCompiled(given);
      expect(unpackCompiled(bytes)).toEqual(given);
      expect(() => unpackCompiled(bytes.subarray(0, -1))).toThrow();
    }),
  );
});
