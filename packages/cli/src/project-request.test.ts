import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectRequestOf, readPluginTimeout } from './project-request.ts';

test('the time limit for plugins is given in seconds', () => {
  expect(readPluginTimeout('1.5')).toBe(1500);
  expect(readPluginTimeout(undefined)).toBeUndefined();
  expect(readPluginTimeout('')).toBeUndefined();
});

test('a time limit that is none is refused', () => {
  for (const text of ['soon', '0', '-1', 'Infinity'])
    expect(() => readPluginTimeout(text)).toThrowError(expect.objectContaining({ code: 'PLUGIN_TIMEOUT_INVALID' }));
});

test('a cache that cannot be made is left out, and one that can is made', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-request-'));
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
  writeFileSync(join(scratch, 'file'), '');
  expect(await projectRequestOf({}, { cacheDir: join(scratch, 'file', 'cache') })).not.toHaveProperty('cacheDir');
  const cacheDir = join(scratch, 'new', 'cache');
  expect(await projectRequestOf({}, { cacheDir })).toMatchObject({ cacheDir });
  expect(existsSync(cacheDir)).toBe(true);
});

test('a cache that others can write is not used, and one warning says why', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'cdkpipe-request-'));
  onTestFinished(() => rmSync(cacheDir, { recursive: true, force: true }));
  const request = async () => {
    const warnings: string[] = [];
    const { cacheDir: used } = await projectRequestOf({}, { cacheDir }, ({ code }) => warnings.push(code));
    return { used, warnings };
  };
  expect(await request()).toEqual({ used: cacheDir, warnings: [] });
  mkdirSync(join(cacheDir, 'jiti'));
  chmodSync(join(cacheDir, 'jiti'), 0o777);
  expect(await request()).toEqual({ used: undefined, warnings: ['CACHE_NOT_PRIVATE'] });
});
