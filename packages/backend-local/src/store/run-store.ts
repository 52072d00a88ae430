/** The durable store of runs: journals, and who works on which pipeline. */
import { isCdkpipeError, refused } from '@cdkpipe/core';
import {
  emptyHead,
  findBrokenRecord,
  type Head,
  type JournalRecord,
  openRecord,
  type StoredRecord,
  sealRecord,
} from '../journal/record.ts';
import type { RunEvent, RunMode, RunStarted } from '../journal/run-event.ts';
import * as words from '../problems/problems.ts';
import { databaseFile, openDatabase, openDatabaseToRead, type RunDatabase } from './database.ts';
import { isAlive, isThisProcess, type ProcessIdentity, thisProcess } from './process-identity.ts';

/** A process that works on a run of a pipeline. */
export interface Holder extends ProcessIdentity {
  readonly pipeline: string;
  readonly run: string;
  readonly since: string;
}

export interface RunEntry {
  readonly id: string;
  readonly pipeline: string;
  readonly mode: RunMode;
  /** By the clock of the run, which a rehearsal may set. */
  readonly created: string;
  /** By the clock of the machine. */
  readonly begun: Date;
}

export interface RunStore {
  readonly directory: string;
  /**
   * Begins a run and makes this process the holder of its pipeline, in one step.
   *
   * @throws CdkpipeError `RUN_IN_PROGRESS` naming the holder
   */
  begin(run: string, started: RunStarted, now: Date): void;
  /**
   * Makes this process the holder of the pipeline of a run that exists.
   *
   * @throws CdkpipeError `RUN_IN_PROGRESS` naming the holder
   */
  take(run: string, now: Date): void;
  /** Lets go of what this process holds. */
  release(run: string): void;
  /** The living process that works on a run. */
  findHolder(run: string): Holder | undefined;
  /** Appends one event; it is durable when this returns. */
  append(run: string, now: Date, event: RunEvent): JournalRecord;
  /** Appends all of the events or none of them, in one transaction. */
  appendAll(run: string, now: Date, events: readonly RunEvent[]): JournalRecord[];
  /** Appends what `decide` makes of the whole journal, with nobody in between. */
  decide<T>(run: string, now: Date, decide: (records: readonly JournalRecord[]) => { event?: RunEvent; result: T }): T;
  /**
   * Every record of a run, each held against its hash.
   *
   * @throws CdkpipeError `STORE_CORRUPT`, `RUN_UNKNOWN`
   */
  read(run: string): JournalRecord[];
  /** The same, of what came in after `seq`; cheap enough to be asked often. */
  readAfter(run: string, seq: number): JournalRecord[];
  list(): RunEntry[];
  /**
   * Removes the journal of a run that nobody works on.
   *
   * @param seq of the last record that the decision to remove it was made from
   * @returns false, and nothing is changed, where a process works on it or something was written since
   */
  remove(run: string, seq: number): boolean;
  close(): void;
}

/**
 * The store of a project for commands that only show: also one that this account may read and not write.
 *
 * @throws CdkpipeError as {@link openRunStore}
 */
export function openRunStoreToRead(directory: string): RunStore {
  try {
    return openRunStore(directory);
  } catch (error) {
    if (!isCdkpipeError(error) || error.code !== 'STORE_NOT_WRITABLE') throw error;
    return storeOn(directory, openDatabaseToRead(directory));
  }
}

export function openRunStore(directory: string): RunStore {
  return storeOn(directory, openDatabase(directory));
}

function storeOn(directory: string, database: RunDatabase): RunStore {
  const file = databaseFile(directory);
  const append = (run: string, now: Date, event: RunEvent): JournalRecord => {
    const record = sealRecord(headOf(database, run, file), now, event);
    const { seq, at, body, hash } = record;
    database.run('INSERT INTO records (run, seq, at, body, hash) VALUES (?, ?, ?, ?, ?)', run, seq, at, body, hash);
    database.run('UPDATE runs SET seq = ?, at = ?, hash = ? WHERE id = ?', seq, at, hash, run);
    return openRecord(record);
  };
  return {
    directory,
    begin: (run, started, now) =>
      database.write(() => {
        hold(database, started.pipeline, run, now);
        const { seq, at, hash } = emptyHead(run);
        database.run(
          'INSERT INTO runs (id, pipeline, created, seq, at, hash) VALUES (?, ?, ?, ?, ?, ?)',
          run,
          started.pipeline,
          now.toISOString(),
          seq,
          at,
          hash,
        );
        append(run, now, started);
      }),
    take: (run, now) => database.write(() => hold(database, headOf(database, run, file).pipeline, run, now)),
    release: (run) =>
      database.write(() => {
        const { pid, host, birth } = thisProcess();
        database.run('DELETE FROM holders WHERE run = ? AND pid = ? AND host = ? AND birth = ?', run, pid, host, birth);
      }),
    findHolder: (run) =>
      database
        .read(() => database.all<Holder>(`SELECT ${holderColumns} FROM holders WHERE run = ?`, run))
        .find((holder) => isAlive(holder)),
    append: (run, now, event) => database.write(() => append(run, now, event)),
    appendAll: (run, now, events) => database.write(() => events.map((event) => append(run, now, event))),
    decide: (run, now, decide) =>
      database.write(() => {
        const { event, result } = decide(readRecords(database, run, file));
        if (event) append(run, now, event);
        return result;
      }),
    read: (run) => database.read(() => readRecords(database, run, file)),
    readAfter: (run, seq) => database.read(() => readRecords(database, run, file, seq)),
    list: () => database.read(() => listRuns(database, file)),
    remove: (run, seq) =>
      database.write(() => {
        const isHeld = database
          .all<Holder>(`SELECT ${holderColumns} FROM holders WHERE run = ?`, run)
          .some((holder) => isAlive(holder));
        if (isHeld || headOf(database, run, file).seq !== seq) return false;
        database.run('DELETE FROM holders WHERE run = ?', run);
        database.run('DELETE FROM records WHERE run = ?', run);
        database.run('DELETE FROM runs WHERE id = ?', run);
        return true;
      }),
    close: () => database.close(),
  };
}

/** See {@link RunDatabase.all}. */
function textColumns(...names: readonly string[]): string {
  return names.map((name) => `CAST(${name} AS BLOB) AS ${name}`).join(', ');
}

const holderColumns = `pid, ${textColumns('pipeline', 'run', 'since', 'host', 'birth')}`;

function hold(database: RunDatabase, pipeline: string, run: string, now: Date): void {
  const [holder] = database.all<Holder>(`SELECT ${holderColumns} FROM holders WHERE pipeline = ?`, pipeline);
  const { host, pid, birth } = thisProcess();
  const isOurs = holder?.run === run && isThisProcess(holder);
  if (holder && !isOurs && isAlive(holder)) throw refused([words.runInProgress(holder)]);
  database.run('DELETE FROM holders WHERE pipeline = ?', pipeline);
  database.run(
    'INSERT INTO holders (pipeline, run, since, host, pid, birth) VALUES (?, ?, ?, ?, ?, ?)',
    pipeline,
    run,
    now.toISOString(),
    host,
    pid,
    birth,
  );
}

interface FirstRow {
  readonly id: string;
  readonly pipeline: string;
  readonly created: string;
  /** When the first record was written, and what it says. */
  readonly first: string;
  readonly body: string;
}

function listRuns(database: RunDatabase, file: string): RunEntry[] {
  const entries = database.all<FirstRow>(
    `SELECT ${textColumns('id', 'pipeline', 'created', 'body')}, CAST(records.at AS BLOB) AS first
     FROM runs LEFT JOIN records ON records.run = runs.id AND records.seq = 1
     ORDER BY created DESC, id DESC`,
  );
  const moved = entries.find(({ created, first }) => created !== first);
  if (moved) throw refused([words.storeCorrupt(file, `the entry of run ${moved.id} is not what was written`)]);
  return entries.map(({ id, pipeline, created, body }) => {
    const { mode, clockOffset = 0 } = readStarted(body, id, file);
    return { id, pipeline, mode, created, begun: new Date(Date.parse(created) - clockOffset) };
  });
}

function readStarted(body: string, run: string, file: string): Pick<RunStarted, 'mode' | 'clockOffset'> {
  try {
    return JSON.parse(body) as RunStarted;
  } catch {
    throw refused([words.storeCorrupt(file, `record 1 of run ${run} is not what was written`)]);
  }
}

interface RunRow extends Head {
  readonly pipeline: string;
  readonly created: string;
}

function headOf(database: RunDatabase, run: string, file: string): RunRow {
  const [row] = database.all<RunRow>(
    `SELECT seq, ${textColumns('pipeline', 'created', 'at', 'hash')} FROM runs WHERE id = ?`,
    run,
  );
  if (row) return row;
  const [orphan] = database.all('SELECT seq FROM records WHERE run = ? LIMIT 1', run);
  if (orphan) throw refused([words.storeCorrupt(file, `run ${run} has records but no entry`)]);
  const known = database
    .all<{ id: string }>(`SELECT ${textColumns('id')} FROM runs ORDER BY created DESC LIMIT 50`)
    .map(({ id }) => id);
  throw refused([words.runUnknown(run, known)]);
}

function readRecords(database: RunDatabase, run: string, file: string, after = 0): JournalRecord[] {
  const head = headOf(database, run, file);
  if (head.seq === after) return [];
  const from = after === 0 ? emptyHead(run) : hashAt(database, run, after);
  const records = database.all<StoredRecord>(
    `SELECT seq, ${textColumns('at', 'body', 'hash')} FROM records WHERE run = ? AND seq > ? ORDER BY seq`,
    run,
    after,
  );
  const broken = findBrokenRecord(from, records, head);
  if (broken !== undefined)
    throw refused([words.storeCorrupt(file, `record ${broken} of run ${run} is not what was written`)]);
  const opened = records.map(openRecord);
  const [first] = opened;
  const isEntryOf = ({ at, event }: JournalRecord) =>
    event.type === 'runStarted' && event.pipeline === head.pipeline && at === head.created;
  if (first?.seq === 1 && !isEntryOf(first))
    throw refused([words.storeCorrupt(file, `the entry of run ${run} is not what was written`)]);
  return opened;
}

function hashAt(database: RunDatabase, run: string, seq: number): Pick<Head, 'seq' | 'hash'> {
  const [record] = database.all<Head>(
    `SELECT seq, ${textColumns('at', 'hash')} FROM records WHERE run = ? AND seq = ?`,
    run,
    seq,
  );
  return record ?? { seq, hash: '' };
}
