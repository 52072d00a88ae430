import { expect, test } from 'vitest';
import { skippingClock } from './clock.ts';

const hour = 3_600_000;

test('on a clock that skips, sleepers wake in the order of their times, and it is then so late', async () => {
  const clock = skippingClock();
  const begin = clock.now().getTime();
  const woken: [string, number][] = [];
  const sleep = async (name: string, hours: number) => {
    await clock.sleep(hours * hour);
    woken.push([name, Math.floor((clock.now().getTime() - begin) / hour)]);
  };
  await Promise.all([sleep('weekend', 60), sleep('bake', 1), sleep('night', 12)]);
  expect(woken).toEqual([
    ['bake', 1],
    ['night', 12],
    ['weekend', 60],
  ]);
});

test('a sleeper that is stopped holds up nobody and moves no clock', async () => {
  const clock = skippingClock();
  const stop = new AbortController();
  const stopped = clock.sleep(hour, stop.signal);
  stop.abort();
  await expect(stopped).rejects.toThrow();
  const begin = clock.now().getTime();
  await clock.sleep(2 * hour);
  expect(Math.round((clock.now().getTime() - begin) / hour)).toBe(2);
});
