import { expect, test } from 'vitest';
import type { Candidate } from '../registry/candidate.ts';
import type { PackageTree, TreePackage } from '../registry/read-tree.ts';
import { judgeTree, maxBytes } from './judge-tree.ts';

const name = '@acme/pager';
const candidate = (content: object = {}): Candidate => ({
  name,
  version: '1.0.0',
  announced: { name, version: '1.0.0' },
  content: { name, version: '1.0.0', ...content },
  bundled: [],
  size: 1000,
  hasGypFile: false,
  preparation: [],
  commands: [],
  integrity: 'sha512-AAAA',
  provenance: { state: 'unverified', detail: 'nothing' },
});
const entry = (change: Partial<TreePackage> = {}): TreePackage => ({
  name: 'dep',
  version: '2.0.0',
  way: [name, 'dep'],
  isPeer: false,
  scripts: [],
  commands: [],
  size: 10,
  ...change,
});
const tree = (packages: TreePackage[] = [], rest: Partial<PackageTree> = {}): PackageTree => ({
  packages,
  foreign: [],
  isCut: false,
  ...rest,
});
const context = { allow: false, commands: new Map([['release', 'release-it']]), known: new Set<string>() };
const codes = (one: Candidate, of: PackageTree, change: Partial<typeof context> = {}) =>
  judgeTree(one, of, { ...context, ...change }).map(({ code }) => code);

test('a plugin with commands and dependencies of its own may come in', () => {
  expect(codes(candidate({ bin: { 'acme-pager': 'x.js' } }), tree([entry({ commands: ['dep'] })]))).toEqual([]);
});

test.each([
  [{ bin: { npm: 'x.js' } }],
  [{ bin: { 'x/NPX.cmd': 'x.js' } }],
  [{ bin: { release: 'x.js' } }],
  [{ name: 'cdk', bin: 'x.js' }],
  [{ directories: { bin: 'commands' } }],
])('%j would answer a command of others', (content) => {
  expect(codes(candidate(content), tree())).toEqual(['PLUGIN_BIN_TAKEN']);
});

test('a command of a dependency counts, and its own package may have it', () => {
  expect(codes(candidate(), tree([entry({ commands: ['node'] })]))).toEqual(['PLUGIN_BIN_TAKEN']);
  expect(codes(candidate(), tree([entry({ name: 'release-it', commands: ['release'] })]))).toEqual([]);
});

test('an install script of a dependency is refused, but for what the project had before', () => {
  const scripted = tree([entry({ scripts: ['postinstall'] })]);
  expect(codes(candidate(), scripted)).toEqual(['PLUGIN_DEPENDENCY_SCRIPTS']);
  expect(codes(candidate(), scripted, { known: new Set(['dep@2.0.0']) })).toEqual([]);
  expect(codes(candidate(), scripted, { known: new Set(['dep@2.0.1']) })).toEqual(['PLUGIN_DEPENDENCY_SCRIPTS']);
});

test('what is too large is refused', () => {
  expect(codes(candidate(), tree([entry({ size: maxBytes })]))).toEqual(['PLUGIN_TOO_LARGE']);
  expect(codes(candidate(), tree([], { isCut: true }))).toEqual(['PLUGIN_TOO_LARGE']);
});

test('another source comes in when it is allowed', () => {
  const git = {
    name: 'x',
    package: 'x',
    range: 'git+https://h/x',
    optional: false,
    isFromRegistry: false,
    way: [name],
    isPeer: false,
  };
  expect(codes(candidate(), tree([], { foreign: [git] }))).toEqual(['PLUGIN_DEPENDENCY_SOURCE']);
  expect(codes(candidate(), tree([], { foreign: [git] }), { allow: true })).toEqual([]);
});
