import { expect, test } from 'vitest';
import { inTime } from './in-time.ts';

test('what never answers ends, and is told to', async () => {
  let told: AbortSignal | undefined;
  const silent = inTime((signal) => {
    told = signal;
    return new Promise(() => {});
  }, 5);
  await expect(silent).rejects.toThrow('no answer in 0.005 s');
  expect(told?.aborted).toBe(true);
});

test('what answers is not told to end', async () => {
  let told: AbortSignal | undefined;
  const answer = await inTime(async (signal) => {
    told = signal;
    return 'well';
  });
  expect([answer, told?.aborted]).toEqual(['well', false]);
});
