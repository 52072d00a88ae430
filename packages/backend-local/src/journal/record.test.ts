import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyHead, findBrokenRecord, openRecord, type StoredRecord, sealRecord } from './record.ts';
import type { RunEvent } from './run-event.ts';

const event = (node: string): RunEvent => ({ type: 'actionStarted', node, attempt: 1, retry: 'safe' });

function journalOf(nodes: readonly string[], times: readonly Date[] = []): StoredRecord[] {
  const records: StoredRecord[] = [];
  for (const [index, node] of nodes.entries())
    records.push(sealRecord(records.at(-1) ?? emptyHead('run'), times[index] ?? new Date(index), event(node)));
  return records;
}

const endOf = (records: readonly StoredRecord[]) => records.at(-1) ?? emptyHead('run');

describe('a journal', () => {
  test('is whole as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (nodes) => {
        const records = journalOf(nodes);
        expect(findBrokenRecord(emptyHead('run'), records, endOf(records))).toBeUndefined();
        expect(records.map((record) => openRecord(record).event)).toEqual(nodes.map(event));
      }),
    );
  });

  test('shows any record that was changed, removed, added or moved', () => {
    const records = journalOf(['a', 'b', 'c', 'd']);
    const head = endOf(records);
    const [a, b, c, d] = records as [StoredRecord, StoredRecord, StoredRecord, StoredRecord];
    const damaged: [string, StoredRecord[], number][] = [
      ['a body', [a, { ...b, body: b.body.replace('b', 'x') }, c, d], 2],
      ['a time', [a, b, { ...c, at: '2000-01-01T00:00:00.000Z' }, d], 3],
      ['a hash', [{ ...a, hash: a.hash.replace(/^./, 'x') }, b, c, d], 1],
      ['removed at the end', [a, b, c], 4],
      ['removed in the middle', [a, b, d], 3],
      ['removed at the beginning', [b, c, d], 1],
      ['moved', [a, c, b, d], 2],
      ['added', [a, b, c, d, { ...d, seq: 5 }], 5],
      ['empty', [], 1],
    ];
    for (const [what, found, broken] of damaged)
      expect([what, findBrokenRecord(emptyHead('run'), found, head)]).toEqual([what, broken]);
  });

  test('of another run does not pass for this one', () => {
    const records = journalOf(['a']);
    expect(findBrokenRecord(emptyHead('other'), records, endOf(records))).toBe(1);
  });

  test('keeps its order when the clock is set back an hour', () => {
    const times = [3_600_000, 0, 60_000, 3_700_000].map((time) => new Date(time));
    expect(journalOf(['a', 'b', 'c', 'd'], times).map(({ at }) => Date.parse(at))).toEqual([
      3_600_000, 3_600_000, 3_600_000, 3_700_000,
    ]);
  });
});
