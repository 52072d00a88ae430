import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkPluginLock } from './check-plugin-lock.ts';
import { findPluginLock, formatPluginLock, type PluginLock, pluginLockFile } from './plugin-lock.ts';

const plugin = { name: '@acme/pager', api: 1 };
const locked = { version: '1.2.0', integrity: 'sha512-a', api: 1 };

function makeProject(lock: PluginLock | string | undefined, installed = '1.2.0'): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-lock-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const files = {
    '.git/HEAD': '',
    'package-lock.json': JSON.stringify({
      packages: { 'node_modules/@acme/pager': { version: installed, integrity: 'sha512-a' } },
    }),
    ...(installed && { 'node_modules/@acme/pager/package.json': JSON.stringify({ version: installed }) }),
    ...(lock && { [pluginLockFile]: typeof lock === 'string' ? lock : formatPluginLock(lock) }),
  };
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), content);
  }
  return directory;
}

const messagesOf = (directory: string, frozen = false) =>
  checkPluginLock([plugin], { directory, frozen }).map(({ code, message }) => `${code} ${message}`);

test('a plugin that is as it was locked is not worth a word, frozen or not', () => {
  const directory = makeProject({ [plugin.name]: locked });
  expect(messagesOf(directory)).toEqual([]);
  expect(messagesOf(directory, true)).toEqual([]);
});

test.each([
  ['no entry', {}, ['PLUGIN_NOT_LOCKED the plugin @acme/pager has no entry in cdkpipe.lock.json']],
  [
    'another name',
    { '@acme/pagr': locked },
    ['PLUGIN_NOT_LOCKED the plugin @acme/pager has no entry in cdkpipe.lock.json'],
  ],
  [
    'another version',
    { [plugin.name]: { ...locked, version: '1.1.0' } },
    ['PLUGIN_DRIFTED the version of @acme/pager is not the locked one: locked 1.1.0, found 1.2.0'],
  ],
  [
    'other bytes',
    { [plugin.name]: { ...locked, integrity: 'sha512-b' } },
    ['PLUGIN_DRIFTED the integrity of @acme/pager is not the locked one: locked sha512-b, found sha512-a'],
  ],
  [
    'another protocol',
    { [plugin.name]: { ...locked, api: 2 } },
    ['PLUGIN_DRIFTED the api of @acme/pager is not the locked one: locked 2, found 1'],
  ],
  [
    'a package where the lock has a local plugin',
    { [plugin.name]: { local: true } as const },
    ['PLUGIN_DRIFTED the source of @acme/pager is not the locked one: locked this project, found a package'],
  ],
])('%s is told, and refused when frozen', (_, lock: PluginLock, messages) => {
  const directory = makeProject(lock);
  expect(messagesOf(directory)).toEqual(messages);
  expect(() => messagesOf(directory, true)).toThrow(messages.map((one) => one.replace(/^\S+ /, '')).join('\n'));
});

test('a project without a lock is checked only when it is frozen', () => {
  const directory = makeProject(undefined);
  expect(messagesOf(directory)).toEqual([]);
  expect(() => messagesOf(directory, true)).toThrow('there is no cdkpipe.lock.json');
  expect(checkPluginLock([], { directory, frozen: true })).toEqual([]);
});

test('a plugin that lives in the project needs no package', () => {
  const directory = makeProject({ [plugin.name]: { local: true } }, '');
  expect(messagesOf(directory, true)).toEqual([]);
});

test.each([
  '{',
  '[]',
  '{ "lockVersion": 2, "plugins": {} }',
  '{ "lockVersion": 1, "plugins": { "a": { "version": 1 } } }',
])('a lock that holds %s is refused, frozen or not', (content) => {
  expect(() => messagesOf(makeProject(content))).toThrow(/cdkpipe.lock.json cannot be read/);
});

test('the lock is written in one order, whatever was installed first', () => {
  const other = { api: 1, integrity: 'sha512-c', version: '1.0.0' };
  const text = formatPluginLock({ b: other, a: locked });
  expect(text).toBe(formatPluginLock({ a: locked, b: { version: '1.0.0', integrity: 'sha512-c', api: 1 } }));
  expect(findPluginLock(makeProject(text))).toEqual({ a: locked, b: other });
});

test('a name that every object has is a name like any other', () => {
  const directory = makeProject({});
  expect(checkPluginLock([{ name: 'constructor', api: 1 }], { directory, frozen: false })).toHaveLength(1);
});

test('drift is refused where the project has a lock, and a missing one is not, when it is frozen where locked', () => {
  const drifted = makeProject({ [plugin.name]: { ...locked, version: '1.1.0' } });
  expect(() => checkPluginLock([plugin], { directory: drifted, frozen: 'whereLocked' })).toThrow('locked 1.1.0');
  expect(checkPluginLock([plugin], { directory: makeProject(undefined), frozen: 'whereLocked' })).toEqual([]);
});
