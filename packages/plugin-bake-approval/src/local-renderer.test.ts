import { type LocalSituation, type RehearsedStep, rehearse } from '@cdkpipe/testkit';
import { describe, expect, it } from 'vitest';
import plugin, { bake } from './index.ts';
import type { BakeOptions } from './options.ts';

const executed = new Date('2026-12-23T10:00:00Z');
const clock = '2026-12-23T10:20:00Z';
const arn = 'arn:aws:cloudwatch:eu-west-1:333333333333:alarm:Errors';

const run = (options: BakeOptions, situation: LocalSituation = {}): Promise<RehearsedStep> =>
  rehearse(plugin, bake('Bake', options), { clock, situation: { executed, ...situation } });

describe('bake on this machine', () => {
  it('waits for its minutes since the last execution', async () => {
    expect(await run({ minutes: 60 })).toMatchObject({
      approved: true,
      summary: '60 minutes since the last execution',
      ended: new Date('2026-12-23T11:00:00Z'),
    });
  });

  it('says that a rehearsal has read no alarms', async () => {
    expect(await run({ minutes: 60, alarms: ['Latency'] })).toMatchObject({
      approved: true,
      summary: '60 minutes since the last execution; a rehearsal reads no alarms',
    });
  });

  it.each([['Errors'], [arn]])('fails at once when %s is made to go off', async (alarm) => {
    expect(await run({ minutes: 60, alarms: ['Latency', arn] }, { ringing: [alarm] })).toMatchObject({
      approved: false,
      reason: 'the alarm Errors is in ALARM: as --alarm says',
      ended: new Date(clock),
    });
    expect((await run({ minutes: 60, alarms: ['Latency'] }, { ringing: [alarm] })).approved).toBe(true);
  });

  it('leaves alarms of a deployment to a person, and waits by itself without any', async () => {
    expect((await run({ minutes: 60, alarms: ['Errors'] }, { mode: 'deploy' })).question).toEqual({
      type: 'question',
      comment: 'Watch for 60 minutes, and decide: Errors.',
    });
    const { actions } = await run({ minutes: 60 }, { mode: 'deploy' });
    expect(actions).toMatchObject([{ action: { type: 'task', retry: 'safe' } }]);
  });
});
