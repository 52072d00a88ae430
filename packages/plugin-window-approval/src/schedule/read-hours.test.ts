import { describe, expect, it } from 'vitest';
import { readDates, readHours } from './read-hours.ts';

const daysOf = (text: string) => {
  const read = readHours(text);
  return typeof read === 'string' ? read : read.map(({ day }) => day);
};

describe('hours', () => {
  it.each([
    ['Mon 09:00-16:30', [1]],
    ['Mon-Thu 09:00-16:30', [1, 2, 3, 4]],
    ['Fri-Mon 09:00-16:30', [5, 6, 0, 1]],
    ['Sat,Sun 09:00-16:30', [6, 0]],
    ['mon-wed,WED,Fri 09:00-16:30', [1, 2, 3, 5]],
    ['daily 09:00-16:30', [0, 1, 2, 3, 4, 5, 6]],
  ])('of %s', (text, days) => {
    expect(daysOf(text)).toEqual(days);
  });

  it('are minutes of the day, to midnight at most', () => {
    expect(readHours('Mon 22:15-24:00')).toEqual([{ day: 1, from: 1335, to: 1440 }]);
  });

  it.each([
    ['09:00-16:00', 'expected days and hours'],
    ['Mon', 'expected days and hours'],
    ['Mon 9:00-16:00', 'expected days and hours'],
    ['Mon 09:00-16:00 UTC', 'expected days and hours'],
    ['Mo 09:00-16:00', 'expected days as Mon'],
    ['Mon-Wed-Fri 09:00-16:00', 'expected days as Mon'],
    ['Mon 09:60-16:00', 'expected times'],
    ['Mon 09:00-24:01', 'expected times'],
    ['Mon 24:00-24:00', 'expected times'],
    ['Fri 22:00-02:00', 'over midnight, write "Fri 22:00-24:00" and "Sat 00:00-02:00"'],
    ['Mon 09:00-09:00', 'expected the end after the beginning'],
  ])('are not %s', (text, message) => {
    expect(readHours(text)).toContain(message);
  });
});

describe('dates', () => {
  it('are one, or a range with both ends', () => {
    expect(readDates('2026-12-24')).toEqual({ first: '2026-12-24', last: '2026-12-24' });
    expect(readDates('2026-12-24/2027-01-02')).toEqual({ first: '2026-12-24', last: '2027-01-02' });
  });

  it.each(['2026-02-29', '2026-13-01', '24.12.2026', '2026-12-24/2026-12-23', '2026-12-24/', ''])(
    'are not %s',
    (text) => {
      expect(readDates(text)).toBeUndefined();
    },
  );
});
