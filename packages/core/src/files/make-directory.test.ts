import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDirectory } from './make-directory.ts';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-make-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

test('everything that is missing is made, and the first of it is named', () => {
  expect(makeDirectory(join(scratch, 'a', 'b', 'c'))).toBe(join(scratch, 'a'));
  expect(existsSync(join(scratch, 'a', 'b', 'c'))).toBe(true);
  expect(makeDirectory(join(scratch, 'a', 'b'))).toBeUndefined();
});

test('a file in the way is an error', () => {
  writeFileSync(join(scratch, 'file'), '');
  expect(() => makeDirectory(join(scratch, 'file', 'below'))).toThrow(/ENOTDIR/);
});

test.skipIf(!existsSync('/proc/self'))('where the system lets nobody make anything, it is an error and no hang', () => {
  expect(() => makeDirectory('/proc/cdkpipe/below')).toThrow(/ENOENT|EACCES|EPERM/);
});
