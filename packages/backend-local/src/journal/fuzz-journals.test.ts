/** Random damage to the records of a journal: noticed, and never a crash. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyHead, findBrokenRecord, type StoredRecord, sealRecord } from './record.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 3);
const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, endOnFailure: true };

const whole: StoredRecord[] = [];
for (const node of ['a', 'b', 'c', 'd'])
  whole.push(
    sealRecord(whole.at(-1) ?? emptyHead('run'), new Date(whole.length), {
      type: 'actionStarted',
      node,
      attempt: 1,
      retry: 'safe',
    }),
  );
const end = whole.at(-1) ?? emptyHead('run');

test(
  'a record that differs is found',
  () => {
    const damage = fc.record({
      index: fc.nat(whole.length - 1),
      key: fc.constantFrom('seq' as const, 'at' as const, 'body' as const, 'hash' as const),
      // What a column of SQLite can hold.
      put: fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null), fc.uint8Array()),
    });
    fc.assert(
      fc.property(damage, ({ index, key, put }) => {
        const damaged = whole.map((record, at) => (at === index ? { ...record, [key]: put } : record));
        if (Object.is(damaged[index]?.[key], whole[index]?.[key])) return;
        expect(findBrokenRecord(emptyHead('run'), damaged as StoredRecord[], end)).toBeDefined();
      }),
      limits,
    );
  },
  // Runs are so short here that ending them takes fast-check a sixth of the time once more.
  seconds * 1500 + 30_000,
);
