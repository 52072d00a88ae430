import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDirectory } from './check-directory.ts';
import { writeProject } from './write-project.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cdkpipe-init-test-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const files = new Map([
  ['package.json', '{}'],
  ['lib/app.ts', 'app'],
]);
const paths = [...files.keys()];
const listing = () => readdirSync(root, { recursive: true }).map(String).sort();

test('the directory is made, with all that leads to it', async () => {
  await writeProject(join(root, 'a/b'), files);
  expect(listing()).toEqual(['a', 'a/b', 'a/b/lib', 'a/b/lib/app.ts', 'a/b/package.json']);
});

test('what is there and has no part in the project stays', async () => {
  writeFileSync(join(root, 'notes.txt'), 'mine');
  writeFileSync(join(root, 'package.json'), 'old');
  await writeProject(root, files);
  expect(listing()).toEqual(['lib', 'lib/app.ts', 'notes.txt', 'package.json']);
  expect(readFileSync(join(root, 'package.json'), 'utf8')).toBe('{}');
});

test('when one file cannot be placed, everything is as it was', async () => {
  writeFileSync(join(root, 'package.json'), 'old');
  // A file where the project needs a directory, as if it had come after the check.
  writeFileSync(join(root, 'lib'), 'in the way');
  await expect(writeProject(root, files)).rejects.toMatchObject({ source: 'user', code: 'DIRECTORY_NOT_WRITABLE' });
  expect(listing()).toEqual(['lib', 'package.json']);
  expect(readFileSync(join(root, 'package.json'), 'utf8')).toBe('old');
});

test.skipIf(process.getuid?.() === 0)('a directory that cannot be written is refused', async () => {
  chmodSync(root, 0o555);
  await expect(writeProject(join(root, 'a'), files)).rejects.toMatchObject({ code: 'DIRECTORY_NOT_WRITABLE' });
  chmodSync(root, 0o755);
});

test('a directory with nothing but a repository counts as empty', () => {
  mkdirSync(join(root, '.git'));
  expect(checkDirectory(root, paths, false)).toEqual({ problems: [], replaced: [] });
  expect(existsSync(join(root, '.git'))).toBe(true);
});

test('a directory with files is refused, and the refusal says what force would replace', () => {
  writeFileSync(join(root, 'package.json'), 'old');
  const { problems } = checkDirectory(root, paths, false);
  expect(problems).toMatchObject([
    { code: 'DIRECTORY_NOT_EMPTY', fix: expect.stringContaining('replaces package.json and') },
  ]);
  expect(checkDirectory(root, paths, true)).toEqual({ problems: [], replaced: ['package.json'] });
});

test('what force cannot replace is refused beforehand', () => {
  writeFileSync(join(root, 'lib'), '');
  mkdirSync(join(root, 'package.json'));
  expect(checkDirectory(root, paths, true).problems.map(({ code }) => code)).toEqual([
    'DIRECTORY_BLOCKED',
    'DIRECTORY_BLOCKED',
  ]);
});
