/** Records of the journal: each sealed with a hash over itself and the one before, so that damage shows. */
import { createHash } from 'node:crypto';
import { laterOf } from './later.ts';
import type { RunEvent } from './run-event.ts';

/** A record as it lies in the store. */
export interface StoredRecord {
  /** 1, 2, 3 … in each run. */
  readonly seq: number;
  /** ISO 8601; never earlier than that of the record before, even when the machine's clock was set back. */
  readonly at: string;
  /** JSON of the event. */
  readonly body: string;
  readonly hash: string;
}

export interface JournalRecord {
  readonly seq: number;
  readonly at: string;
  readonly event: RunEvent;
}

/** Where a journal ends. */
export interface Head {
  readonly seq: number;
  readonly at: string;
  readonly hash: string;
}

/** The end of an empty journal; its hash is the run's own. */
export function emptyHead(run: string): Head {
  return { seq: 0, at: '', hash: createHash('sha256').update(run).digest('hex') };
}

export function sealRecord(head: Head, now: Date, event: RunEvent): StoredRecord {
  const seq = head.seq + 1;
  const at = laterOf(now.toISOString(), head.at);
  const body = JSON.stringify(event);
  return { seq, at, body, hash: hashOf(head.hash, seq, at, body) };
}

/** The first record that does not follow from the one before; undefined where all do and end at `head`. */
export function findBrokenRecord(
  start: Pick<Head, 'seq' | 'hash'>,
  records: readonly StoredRecord[],
  head: Pick<Head, 'seq' | 'hash'>,
): number | undefined {
  let { seq, hash } = start;
  for (const record of records) {
    if (record.seq !== seq + 1 || record.hash !== hashOf(hash, record.seq, record.at, record.body)) return seq + 1;
    ({ seq, hash } = record);
  }
  return seq === head.seq && hash === head.hash ? undefined : seq + 1;
}

export function openRecord({ seq, at, body }: StoredRecord): JournalRecord {
  return { seq, at, event: JSON.parse(body) as RunEvent };
}

function hashOf(previous: string, seq: number, at: string, body: string): string {
  return createHash('sha256').update(`${previous}\n${seq}\n${at}\n${body}`).digest('hex');
}
