import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Alarm,
  type Bake,
  type BakeState,
  beganAt,
  judgeBake,
  type Transition,
  type World,
} from './judge-bake.ts';

const start = Date.UTC(2026, 10, 24, 12);
const minute = 60_000;
const at = (minutes: number) => start + minutes * minute;

/** A world at which the bake is looked at so many minutes after it began. */
function worldAt(
  minutes: number,
  alarms: readonly Alarm[] = [],
  history: Readonly<Record<string, readonly Transition[]>> = {},
): World {
  return {
    now: () => at(minutes),
    describe: async (names) => alarms.filter(({ name }) => names.includes(name)),
    transitions: async (name, since) => (history[name] ?? []).filter((each) => each.at >= since),
  };
}

const errors = (state: string, changed?: number, reason?: string): Alarm => ({
  name: 'Errors',
  state,
  ...(changed === undefined ? {} : { changed }),
  ...(reason === undefined ? {} : { reason }),
});
const quiet: Alarm[] = [errors('OK', at(-1)), { name: 'Latency', state: 'INSUFFICIENT_DATA' }];
const names = ['Errors', 'Latency'];
const hour: Bake = { minutes: 60, alarms: ['Errors'], recovers: 15 };
const begun = beganAt(start, hour);
/** `Errors` rang before the bake began. */
const rang: BakeState = { ...begun, rang: [0] };

describe('a bake', () => {
  it('begins with the first look, and has not decided before its minutes are over', async () => {
    const bake = { minutes: 60, alarms: names };
    const state = beganAt(start, bake);
    expect(await judgeBake(bake, undefined, worldAt(0, quiet))).toEqual({
      pending: true,
      state,
      reason: '0 of 60 minutes, no alarm of 2 went off',
    });
    expect(await judgeBake(bake, state, worldAt(59.9, quiet))).toMatchObject({ pending: true, state });
    expect(await judgeBake(bake, state, worldAt(60, quiet))).toEqual({
      approved: true,
      reason: '60 minutes, no alarm of 2 went off',
    });
  });

  it('without alarms asks nobody', async () => {
    const world = { ...worldAt(1), describe: () => Promise.reject(new Error('asked')) };
    const bake = { minutes: 2, alarms: [] };
    expect(await judgeBake(bake, beganAt(start, bake), world)).toMatchObject({ pending: true });
  });

  it('of a day ends before CodePipeline would end it', async () => {
    const bake = { minutes: 1440, alarms: [] };
    const state = beganAt(start, bake);
    expect(await judgeBake(bake, state, worldAt(1434))).toMatchObject({ pending: true });
    expect(await judgeBake(bake, state, worldAt(1435))).toMatchObject({ approved: true });
  });

  it.each<[string, BakeState | undefined, Alarm[], Transition[], string]>([
    [
      'at once when an alarm goes to ALARM',
      begun,
      [errors('ALARM', at(1), '5 > 1')],
      [],
      'the alarm Errors is in ALARM: 5 > 1',
    ],
    ['when there is no such alarm', undefined, [], [], 'there is no alarm Errors'],
    ['when an alarm is deleted meanwhile', begun, [], [], 'there is no alarm Errors'],
    [
      'when an alarm was in ALARM between two looks',
      begun,
      [errors('OK', at(0.8))],
      [
        { at: at(0.4), to: 'ALARM' },
        { at: at(0.8), to: 'OK' },
      ],
      'the alarm Errors was in ALARM meanwhile',
    ],
    [
      'when an alarm that rang before recovered and rings again',
      rang,
      [errors('ALARM', at(0.9))],
      [],
      'the alarm Errors is in ALARM',
    ],
    [
      'when an alarm that rang before recovered, rang again and is OK',
      rang,
      [errors('OK', at(0.9))],
      [
        { at: at(0.3), to: 'OK' },
        { at: at(0.6), to: 'ALARM' },
        { at: at(0.9), to: 'OK' },
      ],
      'the alarm Errors was in ALARM meanwhile',
    ],
    ['when an alarm has a state that nobody knows', begun, [errors('NEW')], [], 'the alarm Errors is in ALARM'],
    [
      'when the history holds a state that nobody knows',
      begun,
      [errors('OK', at(0.5))],
      [{ at: at(0.5), to: 'NEW' }],
      'the alarm Errors was in ALARM meanwhile',
    ],
  ])('fails %s', async (_, before, alarms, history, reason) => {
    const answer = await judgeBake(hour, before, worldAt(1, alarms, { Errors: history }));
    expect(answer).toEqual({ approved: false, reason });
  });

  it('does not mind an alarm that became OK without having been in ALARM', async () => {
    const world = worldAt(1, [errors('OK', at(0.5))], { Errors: [{ at: at(0.5), to: 'OK' }] });
    expect(await judgeBake(hour, begun, world)).toMatchObject({ pending: true });
  });

  it('lets faults of CloudWatch through, so that the check fails', async () => {
    const world = { ...worldAt(1), describe: () => Promise.reject(new Error('Rate exceeded')) };
    await expect(judgeBake(hour, begun, world)).rejects.toThrow('Rate exceeded');
  });
});

describe('an alarm that was in ALARM when the bake began', () => {
  const ringing = errors('ALARM', at(-30), '5 > 1');

  it('has its time to recover, and the bake passes when it has', async () => {
    expect(await judgeBake(hour, undefined, worldAt(0, [ringing]))).toEqual({
      pending: true,
      state: rang,
      reason: '0 of 60 minutes, no alarm of 1 went off, Errors in ALARM from before, for 15 minutes at most',
    });
    expect(await judgeBake(hour, rang, worldAt(14.9, [ringing]))).toMatchObject({ pending: true, state: rang });
    const recovered = { Errors: [{ at: at(12), to: 'OK' }] };
    const later = worldAt(16, [errors('OK', at(12))], recovered);
    expect(await judgeBake(hour, rang, later)).toMatchObject({ pending: true, state: begun });
    expect(await judgeBake(hour, begun, worldAt(60, [errors('OK', at(12))], recovered))).toMatchObject({
      approved: true,
    });
  });

  it('fails it when it does not recover in time, or only afterwards', async () => {
    const late = 'the alarm Errors was in ALARM before and did not leave it in 15 minutes';
    expect(await judgeBake(hour, rang, worldAt(15, [ringing]))).toEqual({ approved: false, reason: `${late}: 5 > 1` });
    const world = worldAt(20, [errors('OK', at(16))], { Errors: [{ at: at(16), to: 'OK' }] });
    expect(await judgeBake(hour, rang, world)).toEqual({ approved: false, reason: late });
  });

  it('has left it by INSUFFICIENT_DATA too, as alarms on rare errors do', async () => {
    const world = worldAt(3, [errors('INSUFFICIENT_DATA', at(2))], {
      Errors: [{ at: at(2), to: 'INSUFFICIENT_DATA' }],
    });
    expect(await judgeBake(hour, rang, world)).toMatchObject({ pending: true, state: begun });
  });

  it('gets no time where none is given, never more than the bake has, and none when other alarms are watched', async () => {
    expect(await judgeBake({ ...hour, recovers: 0 }, undefined, worldAt(0, [ringing]))).toMatchObject({
      approved: false,
    });
    const short: Bake = { ...hour, minutes: 5 };
    expect(await judgeBake(short, rang, worldAt(5, [ringing]))).toMatchObject({ approved: false });
    const two: Bake = { ...hour, alarms: ['Latency', 'Errors'] };
    const alarms = [ringing, { name: 'Latency', state: 'OK' }];
    expect(await judgeBake(two, rang, worldAt(1, alarms))).toMatchObject({ approved: false });
  });

  it('may have changed a moment after the first look, by a clock that is ahead', async () => {
    const ahead = errors('ALARM', start + 400);
    const answer = await judgeBake(hour, undefined, worldAt(0, [ahead]));
    if (!('pending' in answer)) throw new Error(answer.reason);
    expect(answer.state).toEqual({ ...rang, began: start + 400 });
    expect(await judgeBake(hour, answer.state, worldAt(1, [ahead]))).toMatchObject({ pending: true });
  });
});

describe('a history that does not say what CloudWatch says elsewhere', () => {
  const changed = [errors('OK', at(59.5))];

  it('is waited for beyond the end, and approves when it has come', async () => {
    expect(await judgeBake(hour, begun, worldAt(61, changed))).toMatchObject({ pending: true });
    const world = worldAt(62, changed, { Errors: [{ at: at(59.5), to: 'OK' }] });
    expect(await judgeBake(hour, begun, world)).toMatchObject({ approved: true });
  });

  it('fails the bake when it does not come', async () => {
    expect(await judgeBake(hour, begun, worldAt(63, changed))).toEqual({
      approved: false,
      reason: 'CloudWatch does not say whether Errors was in ALARM meanwhile',
    });
  });
});

it('a state with all alarms ringing fits into a continuation token', () => {
  const alarms = Array.from({ length: 100 }, (_, index) => `${index}`);
  const state = { ...beganAt(start, { alarms }), rang: alarms.map(Number) };
  expect(JSON.stringify({ state }).length).toBeLessThan(2_048);
});

/** Looks every minute at alarms that change as `changes` says, until there is a decision. */
async function bakeThrough(bake: Bake, changes: readonly (Transition & { readonly name: string })[]) {
  const until = (now: number, name: string) => changes.filter((each) => each.name === name && each.at <= now);
  for (let passed = 0, state: BakeState | undefined; passed < 90; passed++) {
    const now = at(passed);
    const answer = await judgeBake(bake, state, {
      now: () => now,
      describe: async (wanted) =>
        wanted.map((name) => {
          const last = until(now, name).at(-1);
          return { name, state: last?.to ?? 'OK', ...(last ? { changed: last.at } : {}) };
        }),
      transitions: async (name, since) => until(now, name).filter((each) => each.at >= since),
    });
    if (!('pending' in answer)) return { passed, approved: answer.approved };
    state = answer.state;
  }
  throw new Error('no decision');
}

it('approves exactly where no alarm rang after the beginning, and those that rang before left ALARM in time', async () => {
  const change = fc.record({
    name: fc.constantFrom('A', 'B'),
    at: fc.integer({ min: -20, max: 70 }).map((minutes) => at(minutes + 0.5)),
    to: fc.constantFrom('OK', 'ALARM', 'INSUFFICIENT_DATA'),
  });
  const bake: Bake = { minutes: 30, alarms: ['A', 'B'], recovers: 10 };
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (unsorted) => {
      // A transition leads to another state.
      const sorted = unsorted.toSorted((a, b) => a.at - b.at);
      const changes = sorted.filter((each, index) => {
        const before = sorted
          .slice(0, index)
          .filter(({ name }) => name === each.name)
          .at(-1);
        return (before?.to ?? 'OK') !== each.to && before?.at !== each.at;
      });
      const good = bake.alarms.every((name) => {
        const mine = changes.filter((each) => each.name === name);
        const during = mine.filter((each) => each.at > start && each.at <= at(30));
        const rangBefore = mine.filter((each) => each.at <= start).at(-1)?.to === 'ALARM';
        const [first] = during;
        const inTime = !rangBefore || (first !== undefined && first.at <= at(10));
        return inTime && !during.some(({ to }) => to === 'ALARM');
      });
      expect((await bakeThrough(bake, changes)).approved).toBe(good);
    }),
    { numRuns: 500 },
  );
});
