import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Alarm, judgeBake, type World } from './judge-bake.ts';

const start = Date.UTC(2026, 10, 24, 12);
const minute = 60_000;

/** A world at which the bake is looked at so many minutes after it began. */
function worldAt(minutes: number, alarms: readonly Alarm[] = [], wentOff: readonly string[] = []): World {
  return {
    now: () => start + minutes * minute,
    describe: async (names) => alarms.filter(({ name }) => names.includes(name)),
    wentOff: async (name) => wentOff.includes(name),
  };
}

const quiet: Alarm[] = [
  { name: 'Errors', state: 'OK', changed: start - minute },
  { name: 'Latency', state: 'INSUFFICIENT_DATA' },
];
const names = ['Errors', 'Latency'];

describe('a bake', () => {
  it('begins with the first look, and has not decided before its minutes are over', async () => {
    const bake = { minutes: 60, alarms: names };
    expect(await judgeBake(bake, undefined, worldAt(0, quiet))).toEqual({
      pending: true,
      state: start,
      reason: '0 of 60 minutes, no alarm of 2 went off',
    });
    expect(await judgeBake(bake, start, worldAt(59.9, quiet))).toMatchObject({ pending: true, state: start });
    expect(await judgeBake(bake, start, worldAt(60, quiet))).toEqual({
      approved: true,
      reason: '60 minutes, no alarm of 2 went off',
    });
  });

  it('without alarms asks nobody', async () => {
    const world = { ...worldAt(1), describe: () => Promise.reject(new Error('asked')) };
    expect(await judgeBake({ minutes: 2, alarms: [] }, start, world)).toMatchObject({ pending: true });
  });

  it('of a day ends before CodePipeline would end it', async () => {
    expect(await judgeBake({ minutes: 1440, alarms: [] }, start, worldAt(1434))).toMatchObject({ pending: true });
    expect(await judgeBake({ minutes: 1440, alarms: [] }, start, worldAt(1435))).toMatchObject({ approved: true });
  });

  it.each<[string, number | undefined, Alarm[], string[], string]>([
    [
      'at once when an alarm is in ALARM',
      start,
      [{ name: 'Errors', state: 'ALARM', reason: '5 > 1' }],
      [],
      'the alarm Errors is in ALARM: 5 > 1',
    ],
    [
      'when one already was before it began',
      undefined,
      [{ name: 'Errors', state: 'ALARM' }],
      [],
      'the alarm Errors is in ALARM',
    ],
    ['when there is no such alarm', undefined, [], [], 'there is no alarm Errors'],
    ['when an alarm is deleted meanwhile', start, [], [], 'there is no alarm Errors'],
    [
      'when an alarm went off between two looks',
      start,
      [{ name: 'Errors', state: 'OK', changed: start + 1 }],
      ['Errors'],
      'the alarm Errors was in ALARM meanwhile',
    ],
  ])('fails %s', async (_, since, alarms, wentOff, reason) => {
    const world = worldAt(1, alarms, wentOff);
    expect(await judgeBake({ minutes: 60, alarms: ['Errors'] }, since, world)).toEqual({ approved: false, reason });
  });

  it('does not mind an alarm that became OK without having been in ALARM', async () => {
    const world = worldAt(1, [{ name: 'Errors', state: 'OK', changed: start + 1 }]);
    expect(await judgeBake({ minutes: 60, alarms: ['Errors'] }, start, world)).toMatchObject({ pending: true });
  });

  it('never approves while an alarm is missing or in ALARM, whenever it is looked at', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3000),
        fc.uniqueArray(fc.constantFrom('A', 'B', 'C'), { minLength: 1 }),
        fc.array(
          fc.record({
            name: fc.constantFrom('A', 'B', 'C'),
            state: fc.constantFrom('OK', 'ALARM', 'INSUFFICIENT_DATA'),
          }),
        ),
        async (minutes, alarms, found) => {
          const answer = await judgeBake({ minutes: 60, alarms }, start, worldAt(minutes, found));
          const good =
            alarms.every((name) => found.some((alarm) => alarm.name === name)) &&
            !found.some(({ name, state }) => alarms.includes(name) && state === 'ALARM');
          expect('approved' in answer ? answer.approved : undefined).toBe(
            good ? (minutes >= 60 ? true : undefined) : false,
          );
        },
      ),
    );
  });
});
