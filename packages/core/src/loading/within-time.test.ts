import { getActiveResourcesInfo } from 'node:process';
import { expect, it } from 'vitest';
import { withinTime } from './within-time.ts';

const limit = (milliseconds: number, signal?: AbortSignal) => ({
  milliseconds,
  signal,
  timedOut: () => new Error('too late'),
});
const never = () => new Promise<never>(() => {});
const timers = () => getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

it('work that settles gives its value, or its error, and leaves no timer', async () => {
  const before = timers();
  await expect(withinTime(async () => 'done', limit(60_000))).resolves.toBe('done');
  await expect(withinTime(async () => Promise.reject(new Error('no luck')), limit(60_000))).rejects.toThrow('no luck');
  expect(timers()).toBe(before);
});

it('work that never settles ends with the error of the limit', async () => {
  await expect(withinTime(never, limit(1))).rejects.toThrow('too late');
});

it("an abort ends the wait with the signal's reason, and leaves no timer", async () => {
  const before = timers();
  const controller = new AbortController();
  const waiting = withinTime(never, limit(60_000, controller.signal));
  controller.abort(new Error('interrupted'));
  await expect(waiting).rejects.toThrow('interrupted');
  expect(timers()).toBe(before);
});

it('nothing is started once the signal has aborted', async () => {
  let started = false;
  const work = async () => {
    started = true;
  };
  await expect(withinTime(work, limit(1, AbortSignal.abort(new Error('interrupted'))))).rejects.toThrow('interrupted');
  expect(started).toBe(false);
});
