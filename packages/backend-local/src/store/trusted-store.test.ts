/** A store that somebody else may have put there is not used; one that may only be read is read. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isCdkpipeError } from '@cdkpipe/core';
import type LibSql from 'libsql';
import { beforeEach, describe, expect, test } from 'vitest';
import { started } from '../journal/events.test.fixture.ts';
import { databaseFile } from './database.ts';
import { openRunStore } from './run-store.ts';
import { makeStoreDirectory } from './store.test.fixture.ts';

const Database = createRequire(import.meta.url)('libsql') as typeof LibSql;
const isRoot = process.geteuid?.() === 0;
let directory = '';
let file = '';

beforeEach(() => {
  directory = makeStoreDirectory();
  file = databaseFile(directory);
  const store = openRunStore(directory);
  store.begin('r1', started(), new Date('2026-01-01T00:00:00Z'));
  store.release('r1');
  store.close();
});

/** The run that it finds first, or a code. */
function outcome(open = openRunStore): unknown {
  try {
    const store = open(directory);
    try {
      const [{ id } = { id: '' }] = store.list();
      return store.read(id).length;
    } finally {
      store.close();
    }
  } catch (error) {
    if (isCdkpipeError(error)) return error.code;
    throw error;
  }
}

function change(sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

describe('a store is not used where', () => {
  test('its file is a link', () => {
    renameSync(file, `${directory}/other.db`);
    symlinkSync(`${directory}/other.db`, file);
    expect(outcome()).toBe('STORE_NOT_TRUSTED');
  });

  test('its file is a link to nothing, which opening would make', () => {
    rmSync(file);
    const target = join(dirname(directory), 'made-by-victim');
    symlinkSync(target, file);
    expect(outcome()).toBe('STORE_NOT_TRUSTED');
    expect(statSync(target, { throwIfNoEntry: false })).toBeUndefined();
  });

  test('its file has another name', () => {
    linkSync(file, join(dirname(directory), 'elsewhere.db'));
    expect(outcome()).toBe('STORE_NOT_TRUSTED');
  });

  test('its directory is a link', () => {
    renameSync(directory, `${directory}-real`);
    symlinkSync(`${directory}-real`, directory);
    expect(outcome()).toBe('STORE_NOT_TRUSTED');
  });

  test('every account may write it', () => {
    chmodSync(directory, 0o777);
    expect(outcome()).toBe('STORE_NOT_TRUSTED');
  });

  test.skipIf(!isRoot)('it belongs to another account than the project', () => {
    chownSync(directory, 12345, 12345);
    expect(outcome()).toBe('STORE_NOT_TRUSTED');
    chownSync(dirname(directory), 12345, 12345);
    chownSync(file, 12345, 12345);
    expect(outcome()).toBe(1);
  });
});

test.each([
  ['a table is missing', 'DROP TABLE holders; DROP TABLE records; DROP TABLE runs'],
  ['a column is missing', 'ALTER TABLE records DROP COLUMN body'],
  ['when a run began was changed', "UPDATE runs SET created = '2020-01-01T00:00:00.000Z'"],
])('a store in which %s is damaged, in our words', (_what, sql) => {
  change(sql);
  expect(outcome()).toBe('STORE_CORRUPT');
});

test('the list of runs does not show a beginning that was changed', () => {
  change("UPDATE runs SET created = '2020-01-01T00:00:00.000Z'");
  const store = openRunStore(directory);
  expect(() => store.list()).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
  store.close();
});

test('a directory that a group shares has files that the group may write', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(directory, 0o2770);
  expect(outcome()).toBe(1);
  expect(statSync(file).mode & 0o777).toBe(0o660);
});

/** What another account gets, in a process of its own. */
function outcomeAs(uid: number, open: string): string {
  const source = `
    const { ${open}: open } = await import(${JSON.stringify(new URL('../../dist/engine.js', import.meta.url).href)});
    try { const store = open(${JSON.stringify(directory)}); console.log(store.list().length, store.read('r1').length); }
    catch (error) { console.log(error.code ?? error); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    uid,
    gid: uid,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
    cwd: '/',
  });
  return `${stdout}${stderr}`.trim();
}

describe.skipIf(!isRoot)('another account', () => {
  beforeEach(() => chmodSync(dirname(directory), 0o755));

  test('reads a store that it may not write', () => {
    chmodSync(directory, 0o755);
    chmodSync(file, 0o444);
    chmodSync(`${file}-journal`, 0o444);
    expect(outcomeAs(12345, 'openRunStoreToRead')).toBe('1 1');
    expect(outcomeAs(12345, 'openRunStore')).toBe('STORE_NOT_WRITABLE');
    expect(statSync(file).mode & 0o777).toBe(0o444);
  });

  test('uses a store that its group shares', () => {
    chownSync(directory, 0, 12345);
    chmodSync(directory, 0o2770);
    expect(outcome()).toBe(1);
    expect(statSync(file).gid).toBe(12345);
    expect(outcomeAs(12345, 'openRunStore')).toBe('1 1');
    expect(outcomeAs(23456, 'openRunStore')).toBe('STORE_NOT_WRITABLE');
  });
});
