import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectRequestOf, readTimeout } from './project-request.ts';

test('time limits are given in seconds', () => {
  expect(readTimeout('LIMIT', { LIMIT: '1.5' })).toBe(1500);
  expect(readTimeout('LIMIT', {})).toBeUndefined();
  expect(readTimeout('LIMIT', { LIMIT: '' })).toBeUndefined();
});

test('a limit longer than timers can wait is their longest, and does not fire at once', () => {
  expect(readTimeout('LIMIT', { LIMIT: '1e9' })).toBe(2 ** 31 - 1);
});

test('a time limit that is none is refused', () => {
  for (const text of ['soon', '0', '-1', 'Infinity'])
    expect(() => readTimeout('LIMIT', { LIMIT: text })).toThrowError(
      expect.objectContaining({ code: 'TIMEOUT_INVALID', path: 'LIMIT' }),
    );
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
