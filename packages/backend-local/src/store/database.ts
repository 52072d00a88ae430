/** The SQLite file of a project's runs: opened with care, and every fault of it in our words. */
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isCdkpipeError, type Problem, refused } from '@cdkpipe/core';
import type LibSql from 'libsql';
import * as words from '../problems/problems.ts';
import { ignoreInGit } from './ignore-in-git.ts';
import { checkTrusted, fitRights } from './trusted-store.ts';

type Database = LibSql.Database;

/** Number of the schema; a file with another was made by another version of cdkpipe. */
const schemaVersion = 1;

/** How long to wait for another process that writes, in milliseconds. */
const patience = 30_000;

const schema = `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, pipeline TEXT NOT NULL, created TEXT NOT NULL,
    seq INTEGER NOT NULL, at TEXT NOT NULL, hash TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE records (
    run TEXT NOT NULL REFERENCES runs (id), seq INTEGER NOT NULL,
    at TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (run, seq)
  ) WITHOUT ROWID;
  CREATE TABLE holders (
    pipeline TEXT PRIMARY KEY, run TEXT NOT NULL, since TEXT NOT NULL,
    host TEXT NOT NULL, pid INTEGER NOT NULL, birth TEXT NOT NULL
  ) WITHOUT ROWID;
  PRAGMA user_version = ${schemaVersion};
`;

export const databaseFile = (directory: string) => join(directory, 'runs.db');

/** One connection. Every call is synchronous, and durable when it returns. */
export interface RunDatabase {
  /** Runs `work` as one transaction that nobody else can come between. */
  write<T>(work: () => T): T;
  /** Runs `work` with a view of one moment. */
  read<T>(work: () => T): T;
  /** Texts must be read as `CAST(… AS BLOB)`: the binding ends the process at a text that is no UTF-8. */
  all<Row>(sql: string, ...values: readonly (string | number)[]): Row[];
  run(sql: string, ...values: readonly (string | number)[]): void;
  close(): void;
}

/**
 * @param directory `.cdkpipe` of the project; made where it is missing
 * @throws CdkpipeError (`source: 'user'`) where it cannot be written, is full, or the file is damaged
 */
export function openDatabase(directory: string): RunDatabase {
  const file = databaseFile(directory);
  return guarded(file, () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    checkTrusted(directory, file);
    ignoreInGit(directory);
    // SQLite gives its journal the rights of the file; made by us, it is nobody else's from the first moment.
    closeSync(openSync(file, 'a', 0o600));
    fitRights(directory, file);
    return connect(file, prepareDatabase);
  });
}

/**
 * For evidence that this account may read and not write, such as an archive: nothing is made, changed or locked for others.
 *
 * @throws CdkpipeError as {@link openDatabase}; `STORE_NOT_WRITABLE` where a write was interrupted, which only a writer can
 *   take back
 */
export function openDatabaseToRead(directory: string): RunDatabase {
  const file = databaseFile(directory);
  return guarded(file, () => {
    checkTrusted(directory, file);
    return connect(file, (database) => {
      database.exec('PRAGMA query_only = ON');
      checkDatabase(database, file);
    });
  });
}

function connect(file: string, prepare: (database: Database, file: string) => void): RunDatabase {
  const Database = createRequire(import.meta.url)('libsql') as typeof LibSql;
  const database = new Database(file, { timeout: patience });
  try {
    prepare(database, file);
  } catch (error) {
    database.close();
    throw error;
  }
  return connectionOf(database, file);
}

/** Whether the project has ever run anything. */
export function hasDatabase(directory: string): boolean {
  return existsSync(databaseFile(directory));
}

/**
 * A rollback journal, not a write-ahead log: a damaged log is cut off in silence at the first bad frame, and with it
 * go results that were acknowledged. EXTRA syncs the directory too, so that a commit survives a power cut. The journal keeps its
 * file and size from commit to commit, as syncing one that grows and shrinks takes twice the time.
 */
function prepareDatabase(database: Database, file: string): void {
  database.exec('PRAGMA journal_mode = PERSIST; PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON');
  const version = () => versionOf(database);
  if (version() === 0) {
    database.exec('BEGIN IMMEDIATE');
    try {
      if (version() === 0) {
        const tables = firstValue(database, 'SELECT count(*) FROM sqlite_master');
        if (tables !== 0) throw refused([words.storeCorrupt(file, 'it has tables but no version')]);
        database.exec(schema);
      }
      database.exec('COMMIT');
    } catch (error) {
      rollBack(database);
      throw error;
    }
  }
  checkDatabase(database, file);
}

const versionOf = (database: Database) => firstValue(database, 'PRAGMA user_version');

function checkDatabase(database: Database, file: string): void {
  const version = versionOf(database);
  if (version !== schemaVersion) throw refused([words.storeOfOtherVersion(file, Number(version), schemaVersion)]);
  const found = firstValue(database, 'SELECT CAST(quick_check AS BLOB) FROM pragma_quick_check');
  if (found !== 'ok') throw refused([words.storeCorrupt(file, String(found))]);
}

function firstValue(database: Database, sql: string): unknown {
  const [row] = database.prepare(sql).raw().all() as unknown[][];
  return textOf(row?.[0]);
}

function connectionOf(database: Database, file: string): RunDatabase {
  const statements = new Map<string, LibSql.Statement>();
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const transaction = <T>(kind: 'IMMEDIATE' | 'DEFERRED', work: () => T): T =>
    guarded(file, () => {
      database.exec(`BEGIN ${kind}`);
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        rollBack(database);
        throw error;
      }
    });
  return {
    write: (work) => transaction('IMMEDIATE', work),
    read: (work) => transaction('DEFERRED', work),
    // Rows have the columns that the statement names.
    all: <Row>(sql: string, ...values: readonly (string | number)[]) =>
      prepared(sql)
        .all(...values)
        .map((row) => withTexts(row as Record<string, unknown>)) as Row[],
    run: (sql, ...values) => void prepared(sql).run(...values),
    close: () => database.close(),
  };
}

function withTexts(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): unknown {
  // The binding gives a Buffer in one mode and an ArrayBuffer in the other.
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('utf8');
  return Buffer.isBuffer(value) ? value.toString('utf8') : value;
}

function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite has rolled back by itself, as it does when the disk is full.
  }
}

function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (isCdkpipeError(cause)) throw cause;
    const problem = wordFault(file, cause as NodeJS.ErrnoException);
    if (problem === undefined) throw cause;
    throw refused([problem], { cause });
  }
}

const faults: readonly (readonly [RegExp, (file: string, message: string) => Problem])[] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, words.storeCorrupt],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)/, words.storeFull],
  [/^(SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EISDIR)/, words.storeNotWritable],
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, words.storeBusy],
  [/^(SQLITE_IOERR|SQLITE_NOMEM|EIO)/, words.storeUnreadable],
  // Such as a table that is missing, or a value of another type: somebody else has written into the file.
  [/^SQLITE_/, words.storeCorrupt],
];

function wordFault(file: string, { code = '', message }: NodeJS.ErrnoException): Problem | undefined {
  return faults.find(([pattern]) => pattern.test(code))?.[1](file, message);
}
