import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findStrangersIn } from './private-directory.ts';

let home: string;
let cache: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cdkpipe-private-'));
  cache = join(home, 'user', 'cache');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;

test('a directory that is missing is made for this user alone', () => {
  expect(findStrangersIn(cache)).toBeUndefined();
  expect([cache, join(home, 'user')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
  expect(findStrangersIn(cache)).toBeUndefined();
});

test.each([0o770, 0o707, 0o777, 0o720])('a directory of mode %o may hold what others wrote', (mode) => {
  mkdirSync(cache, { recursive: true });
  chmodSync(cache, mode);
  expect(findStrangersIn(cache)).toContain('can be written by other users');
});

test('what is in it counts, too: it may have been written while the directory was open', () => {
  mkdirSync(join(cache, 'jiti'), { recursive: true });
  chmodSync(cache, 0o700);
  chmodSync(join(cache, 'jiti'), 0o777);
  expect(findStrangersIn(cache)).toContain('jiti can be written by other users');
});

test('a directory of another user is not ours, however it is reached', () => {
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const another = statSync(cache).uid + 1;
  expect(findStrangersIn(cache, another)).toContain('belongs to user');
  symlinkSync(cache, join(home, 'link'));
  expect(findStrangersIn(join(home, 'link'), another)).toContain('belongs to user');
});

test('a directory that others may rename can be exchanged', () => {
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  chmodSync(join(home, 'user'), 0o777);
  expect(findStrangersIn(cache)).toContain('which it is in, can be written by all');
  chmodSync(join(home, 'user'), 0o1777);
  expect(findStrangersIn(cache)).toBeUndefined();
});

// Only root can give a directory away.
test.runIf(isRoot)('root does not use the directory of a user, nor one below it', () => {
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  chownSync(join(home, 'user'), 12_345, 12_345);
  expect(findStrangersIn(cache)).toContain('which it is in, belongs to user 12345');
  writeFileSync(join(cache, 'planted'), '');
  chownSync(join(cache, 'planted'), 12_345, 12_345);
  expect(findStrangersIn(cache)).toContain('planted belongs to user 12345');
});
