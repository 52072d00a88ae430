import type { LocalContext, TaskTools } from '@cdkpipe/backend-local';
import type { StepOf } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import { bakeOnThisMachine } from './local-renderer.ts';
import type { BakeOptions } from './options.ts';

const executed = new Date('2026-12-23T10:00:00Z');
const arn = 'arn:aws:cloudwatch:eu-west-1:333333333333:alarm:Errors';

function render(options: BakeOptions, context: Partial<LocalContext> = {}) {
  const step = { kind: 'bake', name: 'Bake', options } as StepOf<BakeOptions>;
  return bakeOnThisMachine.render(step, { mode: 'rehearsal', ringing: [], executed, ...context } as LocalContext);
}

/** Runs the step on a clock that jumps wherever it is told to sleep to. */
async function run(options: BakeOptions, context?: Partial<LocalContext>) {
  let now = Date.parse('2026-12-23T10:20:00Z');
  const action = await render(options, context);
  if (action.type !== 'task') throw new Error('expected a task');
  const tools = {
    now: () => new Date(now),
    sleep: async (ms: number) => {
      now += ms;
    },
    log: () => {},
  } as unknown as TaskTools;
  return { result: await action.run(new AbortController().signal, tools), ended: new Date(now).toISOString() };
}

describe('bake on this machine', () => {
  it('waits for its minutes since the last execution', async () => {
    expect(await run({ minutes: 60 })).toEqual({
      result: { approved: true, summary: '60 minutes since the last execution' },
      ended: '2026-12-23T11:00:00.000Z',
    });
  });

  it('says that a rehearsal has read no alarms', async () => {
    const { result } = await run({ minutes: 60, alarms: ['Latency'] });
    expect(result).toEqual({
      approved: true,
      summary: '60 minutes since the last execution; a rehearsal reads no alarms',
    });
  });

  it.each([['Errors'], [arn]])('fails at once when %s is made to go off', async (alarm) => {
    expect(await run({ minutes: 60, alarms: ['Latency', arn] }, { ringing: [alarm] })).toEqual({
      result: { approved: false, reason: 'the alarm Errors is in ALARM: as --alarm says' },
      ended: '2026-12-23T10:20:00.000Z',
    });
    expect((await run({ minutes: 60, alarms: ['Latency'] }, { ringing: [alarm] })).result.approved).toBe(true);
  });

  it('leaves alarms of a deployment to a person, and waits by itself without any', async () => {
    expect(await render({ minutes: 60, alarms: ['Errors'] }, { mode: 'deploy' })).toEqual({
      type: 'question',
      comment: 'Watch for 60 minutes, and decide: Errors.',
    });
    expect(await render({ minutes: 60 }, { mode: 'deploy' })).toMatchObject({ type: 'task', retry: 'safe' });
  });
});
