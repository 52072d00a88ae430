import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFreshDirectory, openHeldDirectory } from './output-directory.ts';

let directory: string;
let target: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cdkpipe-output-'));
  target = join(directory, 'deep/cdk.out');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const write = (at: string, text: string) => writeFileSync(join(at, 'manifest.json'), text);
const manifest = () => readFileSync(join(target, 'manifest.json'), 'utf8');

test('what is written takes the place of the old content as a whole', async () => {
  mkdirSync(target, { recursive: true });
  write(target, 'old');
  writeFileSync(join(target, 'old-only'), '');
  {
    await using fresh = await openFreshDirectory(target);
    write(fresh.path, 'new');
    expect(manifest()).toBe('old');
    await fresh.swapIn();
  }
  expect(manifest()).toBe('new');
  expect(readdirSync(target)).toEqual(['manifest.json']);
  expect(readdirSync(join(directory, 'deep'))).toEqual(['cdk.out']);
});

test('the fresh directory is inside the output directory', async () => {
  await using fresh = await openFreshDirectory(target);
  expect(fresh.path.startsWith(join(target, '.cdkpipe-new-'))).toBe(true);
});

test('without a swap nothing is left of it, and what was there is as it was', async () => {
  {
    await using fresh = await openFreshDirectory(target);
    write(fresh.path, 'new');
  }
  expect(readdirSync(directory)).toEqual([]);
  mkdirSync(target, { recursive: true });
  write(target, 'old');
  {
    await using fresh = await openFreshDirectory(target);
    write(fresh.path, 'new');
  }
  expect(readdirSync(target)).toEqual(['manifest.json']);
});

test('of two processes that write at the same time, the last wins and neither fails', async () => {
  await using first = await openFreshDirectory(target);
  await using second = await openFreshDirectory(target);
  write(first.path, 'first');
  await first.swapIn();
  write(second.path, 'second');
  await second.swapIn();
  expect(manifest()).toBe('second');
  expect(readdirSync(target)).toEqual(['manifest.json']);
});

test('what a killed process left is removed by the next', async () => {
  const left = join(target, '.cdkpipe-new-2147483646-0000abcd');
  mkdirSync(left, { recursive: true });
  {
    await using fresh = await openFreshDirectory(target);
    write(fresh.path, 'new');
    await fresh.swapIn();
  }
  expect(existsSync(left)).toBe(false);
});

test('an output directory that is a link stays one', async () => {
  const real = join(directory, 'elsewhere');
  mkdirSync(real);
  mkdirSync(join(directory, 'deep'));
  symlinkSync(real, target);
  {
    await using fresh = await openFreshDirectory(target);
    write(fresh.path, 'new');
    await fresh.swapIn();
  }
  expect(readFileSync(join(real, 'manifest.json'), 'utf8')).toBe('new');
  expect(manifest()).toBe('new');
});

test('a directory that another program holds keeps what that program put there', async () => {
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'synth.lock'), '');
  {
    await using fresh = await openHeldDirectory(target);
    write(fresh.path, 'new');
    await fresh.swapIn();
  }
  expect(readdirSync(target).toSorted()).toEqual(['manifest.json', 'synth.lock']);
});
