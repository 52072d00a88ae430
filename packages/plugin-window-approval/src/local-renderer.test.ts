import type { LocalContext, TaskTools } from '@cdkpipe/backend-local';
import type { StepOf } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import { windowOnThisMachine } from './local-renderer.ts';
import type { WindowOptions } from './options.ts';

const office = { open: ['Mon-Fri 09:00-16:00'], timeZone: 'Europe/Berlin' };

/** Runs the step on a clock that jumps wherever it is told to sleep to. */
async function runAt(at: string, options: WindowOptions, begun?: string) {
  let now = Date.parse(at);
  const log: string[] = [];
  const step = { kind: 'window', name: 'Office', options } as StepOf<WindowOptions>;
  const context = (begun === undefined ? {} : { begun: new Date(begun) }) as LocalContext;
  const task = await windowOnThisMachine.render(step, context);
  const tools = {
    now: () => new Date(now),
    sleep: async (ms: number) => {
      now += ms;
    },
    log: (text: string) => void log.push(text),
  } as unknown as TaskTools;
  const result = await task.run(new AbortController().signal, tools);
  return { result, log, ended: new Date(now).toISOString() };
}

describe('window on this machine', () => {
  it('passes at once while it is open', async () => {
    const { result, log, ended } = await runAt('2026-12-23T10:00:00Z', office);
    expect(result).toEqual({
      approved: true,
      summary: 'the window is open: Wed, 23 Dec 2026, 11:00 Europe/Berlin',
    });
    expect(log).toEqual([]);
    expect(ended).toBe('2026-12-23T10:00:00.000Z');
  });

  it('waits over a weekend and closed dates until it opens, and says when that is', async () => {
    const { result, log, ended } = await runAt('2026-12-23T17:30:00Z', {
      ...office,
      closed: ['2026-12-24/2026-12-25'],
    });
    expect(log).toEqual(['closed; opens Mon, 28 Dec 2026, 09:00 Europe/Berlin']);
    expect(result.approved).toBe(true);
    expect(ended).toBe('2026-12-28T08:00:00.000Z');
  });

  it('fails at once when it cannot open in time', async () => {
    const { result, ended } = await runAt('2026-12-25T17:30:00Z', { ...office, timeout: 60 });
    expect(result).toEqual({
      approved: false,
      reason:
        'the window stays closed for longer than the 60 minutes to wait; it opens Mon, 28 Dec 2026, 09:00 Europe/Berlin',
    });
    expect(ended).toBe('2026-12-25T17:30:00.000Z');
  });

  it('counts its timeout from when it was begun first, also after a crash', async () => {
    const late = await runAt('2026-12-22T07:30:00Z', { ...office, timeout: 60 }, '2026-12-22T06:00:00Z');
    expect(late.result.approved).toBe(false);
    expect((await runAt('2026-12-22T07:30:00Z', { ...office, timeout: 60 })).result.approved).toBe(true);
  });
});
