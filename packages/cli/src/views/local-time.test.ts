import { afterEach, beforeEach, expect, test } from 'vitest';
import { localTime, relativeTime, zoneName } from './local-time.ts';

const zone = process.env.TZ;
beforeEach(() => {
  process.env.TZ = 'Asia/Kolkata';
});
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test('a time is that of the machine, with its zone', () => {
  expect(localTime('2026-12-31T20:00:00.000Z')).toBe('2027-01-01 01:30');
  expect(zoneName('2026-12-31T20:00:00.000Z')).toBe('GMT+5:30');
});

test.each([
  [30, 'just now'],
  [60, '1m ago'],
  [7199, '1h ago'],
  [3 * 86_400, '3d ago'],
  [-7200, 'in 2h'],
])('%i seconds ago is %s', (seconds, text) => {
  expect(relativeTime(new Date(0).toISOString(), seconds * 1000)).toBe(text);
});
