import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdkpipeError } from '@cdkpipe/core';
import { afterAll, expect, test } from 'vitest';
import { graphFileOf } from './graph-format.ts';
import { writeBeside } from './write-beside.ts';

const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-graph-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const codesOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof CdkpipeError ? error.problems.map(({ code, fix }) => [code, fix]) : error;
  }
  return undefined;
};

test('the extension decides the format, in capitals, too', () => {
  expect(graphFileOf(join(directory, 'a.SVG')).format).toBe('svg');
});

test.each(['picture.png', 'picture', '.svg'])('%s is refused with the list of formats', (name) => {
  expect(codesOf(() => graphFileOf(join(directory, name)))).toEqual([
    ['GRAPH_FORMAT_UNKNOWN', 'name a file that ends in .svg, .html, .mmd, .md, .dot, .json'],
  ]);
});

test('a directory, and a file in no directory, are refused', () => {
  const named = mkdtempSync(join(directory, 'x'));
  expect(codesOf(() => graphFileOf(`${named}/nowhere/a.svg`))).toMatchObject([['FILE_NOT_WRITTEN', expect.anything()]]);
  expect(codesOf(() => graphFileOf(named))).toMatchObject([
    ['GRAPH_FORMAT_UNKNOWN', expect.anything()],
    ['FILE_NOT_WRITTEN', expect.anything()],
  ]);
});

test('a file is replaced as a whole, with the mode that was asked for', () => {
  const file = join(directory, 'whole.svg');
  writeFileSync(file, 'old');
  writeBeside('--graph', file, 'new', 0o600);
  expect(readFileSync(file, 'utf8')).toBe('new');
});

test('what cannot be renamed leaves nothing beside it', () => {
  const blocked = mkdtempSync(join(directory, 'blocked'));
  const target = mkdtempSync(join(blocked, 'is-a-directory'));
  writeFileSync(join(target, 'inside'), '');
  expect(codesOf(() => writeBeside('--graph', target, 'text'))).toMatchObject([
    ['FILE_NOT_WRITTEN', expect.anything()],
  ]);
  expect(readdirSync(blocked)).toHaveLength(1);
});

test.skipIf(process.getuid?.() === 0)('a directory that cannot be written is refused', () => {
  const closed = mkdtempSync(join(directory, 'closed'));
  chmodSync(closed, 0o500);
  expect(codesOf(() => writeBeside('--graph', join(closed, 'a.svg'), ''))).toMatchObject([
    ['FILE_NOT_WRITTEN', expect.anything()],
  ]);
});
