import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen } from './is-open.ts';
import { closedStretches } from './longest-closed.ts';
import { nextOpening } from './next-opening.ts';
import { readDates, readHours } from './read-hours.ts';
import type { Schedule } from './schedule.ts';

function scheduleOf(open: readonly string[], timeZone = 'Europe/Berlin', closed: readonly string[] = []): Schedule {
  return {
    timeZone,
    open: open.flatMap((text) => {
      const read = readHours(text);
      if (typeof read === 'string') throw new Error(read);
      return read;
    }),
    closed: closed.flatMap((text) => readDates(text) ?? []),
  };
}

const at = (text: string) => Date.parse(text);
const iso = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant).toISOString());
const office = scheduleOf(['Mon-Thu 09:00-16:00', 'Fri 09:00-12:00']);

describe('a window', () => {
  it.each([
    ['Thursday at noon', '2026-11-26T12:00+01:00', true],
    ['the first minute', '2026-11-26T09:00+01:00', true],
    ['the minute before', '2026-11-26T08:59:59+01:00', false],
    ['the minute it closes', '2026-11-26T16:00+01:00', false],
    ['Friday afternoon', '2026-11-27T13:00+01:00', false],
    ['Saturday', '2026-11-28T10:00+01:00', false],
    ['the same hour in summer', '2026-07-02T09:00+02:00', true],
    ['an hour earlier by UTC in winter', '2026-11-26T07:30Z', false],
    ['an hour earlier by UTC in summer', '2026-07-02T07:30Z', true],
  ])('on %s', (_, time, open) => {
    expect(isOpen(office, at(time))).toBe(open);
  });

  it('stays closed on closed dates, by the calendar of its time zone', () => {
    const tokyo = scheduleOf(['daily 00:00-24:00'], 'Asia/Tokyo', ['2026-12-24/2026-12-25']);
    expect(isOpen(tokyo, at('2026-12-23T14:59Z'))).toBe(true);
    expect(isOpen(tokyo, at('2026-12-23T15:00Z'))).toBe(false);
    expect(isOpen(tokyo, at('2026-12-25T14:59Z'))).toBe(false);
    expect(isOpen(tokyo, at('2026-12-25T15:00Z'))).toBe(true);
  });
});

describe('the next opening', () => {
  it.each([
    ['is now while it is open', office, '2026-11-26T12:34:56+01:00', '2026-11-26T11:34:56.000Z'],
    ['is after the weekend', office, '2026-11-27T12:00+01:00', '2026-11-30T08:00:00.000Z'],
    [
      'is after the closed dates',
      scheduleOf(['Mon-Fri 09:00-17:00'], 'Europe/Berlin', ['2026-12-21/2027-01-03']),
      '2026-12-18T18:00+01:00',
      '2027-01-04T08:00:00.000Z',
    ],
    [
      'follows the clock when it is put forward',
      scheduleOf(['Mon 09:00-10:00']),
      '2026-03-28T12:00Z',
      '2026-03-30T07:00:00.000Z',
    ],
    [
      'is the first minute after hours that the clock skips',
      scheduleOf(['Sun 02:30-05:00']),
      '2026-03-28T12:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'is the first of hours that the clock shows twice',
      scheduleOf(['Sun 02:30-02:45']),
      '2026-10-24T12:00Z',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'is the second of them after the first',
      scheduleOf(['Sun 02:30-02:45']),
      '2026-10-25T00:50Z',
      '2026-10-25T01:30:00.000Z',
    ],
    [
      'skips a day on which the clock skips all of it',
      scheduleOf(['Sun 02:00-03:00']),
      '2026-03-28T12:00Z',
      '2026-04-05T00:00:00.000Z',
    ],
    [
      'knows offsets of quarters of an hour',
      scheduleOf(['daily 09:00-10:00'], 'Asia/Kathmandu'),
      '2026-11-24T12:00Z',
      '2026-11-25T03:15:00.000Z',
    ],
  ])('%s', (_, schedule, after, expected) => {
    expect(iso(nextOpening(schedule, at(after), 60))).toBe(expected);
  });

  it('is unknown where it does not open within the days looked at', () => {
    const frozen = scheduleOf(['daily 00:00-24:00'], 'UTC', ['2026-01-01/2026-12-31']);
    expect(nextOpening(frozen, at('2026-06-01T00:00Z'), 60)).toBeUndefined();
  });

  const schedules = fc
    .record({
      timeZone: fc.constantFrom(
        'UTC',
        'Europe/Berlin',
        'America/New_York',
        'Australia/Lord_Howe',
        'Asia/Kathmandu',
        'America/Sao_Paulo',
      ),
      open: fc.array(fc.tuple(fc.nat(6), fc.nat(94), fc.integer({ min: 1, max: 95 })), { minLength: 1, maxLength: 4 }),
      closed: fc.array(fc.tuple(fc.nat(364), fc.nat(20)), { maxLength: 3 }),
    })
    .map(
      ({ timeZone, open, closed }): Schedule => ({
        timeZone,
        open: open.map(([day, from, length]) => ({ day, from: from * 15, to: Math.min(1440, (from + length) * 15) })),
        closed: closed.map(([day, length]) => ({ first: dateOf(day), last: dateOf(day + length) })),
      }),
    );
  const dateOf = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
  const instants = fc.nat(365 * 24 * 4).map((quarter) => Date.UTC(2026, 0, 1) + quarter * 900_000);

  it('is open, not before the time asked for, and nothing is open in between', () => {
    fc.assert(
      fc.property(schedules, instants, fc.double({ min: 0, max: 1, noNaN: true }), (schedule, after, share) => {
        const opening = nextOpening(schedule, after, 90);
        if (opening === undefined) return;
        expect(opening).toBeGreaterThanOrEqual(after);
        expect(isOpen(schedule, opening)).toBe(true);
        if (opening === after) return;
        expect(isOpen(schedule, opening - 60_000)).toBe(false);
        expect(isOpen(schedule, after + Math.floor((opening - after - 1) * share))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('is always found where no date is closed', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, after) => {
        // A clock that is put forward may skip the hours of one week.
        expect(nextOpening({ ...schedule, closed: [] }, after, 15)).toBeDefined();
      }),
      { numRuns: 100 },
    );
  });
});

describe('closed stretches', () => {
  it('reach from the closing before the dates to the opening after them', () => {
    const [stretch] = closedStretches(scheduleOf(['Mon-Fri 09:00-17:00'], 'UTC', ['2026-12-21/2027-01-03']), 60);
    expect(iso(stretch?.from)).toBe('2026-12-18T16:45:00.000Z');
    expect(iso(stretch?.until)).toBe('2027-01-04T09:00:00.000Z');
  });

  it('have no end where it does not open again in time', () => {
    expect(
      closedStretches(scheduleOf(['daily 00:00-24:00'], 'UTC', ['2026-01-01/2026-06-30']), 60)[0],
    ).not.toHaveProperty('until');
  });
});
