import { rehearse } from '@cdkpipe/testkit';
import { describe, expect, it } from 'vitest';
import plugin, { window } from './index.ts';
import type { WindowOptions } from './options.ts';

const office = { open: ['Mon-Fri 09:00-16:00'], timeZone: 'Europe/Berlin' };

const runAt = (clock: string, options: WindowOptions, begun?: string) =>
  rehearse(plugin, window('Office', options), {
    clock,
    situation: begun === undefined ? {} : { begun: new Date(begun) },
  });

describe('window on this machine', () => {
  it('passes at once while it is open', async () => {
    expect(await runAt('2026-12-23T10:00:00Z', office)).toMatchObject({
      approved: true,
      summary: 'the window is open: Wed, 23 Dec 2026, 11:00 Europe/Berlin',
      log: [],
      ended: new Date('2026-12-23T10:00:00Z'),
    });
  });

  it('waits over a weekend and closed dates until it opens, and says when that is', async () => {
    expect(await runAt('2026-12-23T17:30:00Z', { ...office, closed: ['2026-12-24/2026-12-25'] })).toMatchObject({
      approved: true,
      log: ['closed; opens Mon, 28 Dec 2026, 09:00 Europe/Berlin'],
      ended: new Date('2026-12-28T08:00:00Z'),
    });
  });

  it('fails at once when it cannot open in time', async () => {
    expect(await runAt('2026-12-25T17:30:00Z', { ...office, timeout: 60 })).toMatchObject({
      approved: false,
      reason:
        'the window stays closed for longer than the 60 minutes to wait; it opens Mon, 28 Dec 2026, 09:00 Europe/Berlin',
      ended: new Date('2026-12-25T17:30:00Z'),
    });
  });

  it('counts its timeout from when it was begun first, also after a crash', async () => {
    const late = await runAt('2026-12-22T07:30:00Z', { ...office, timeout: 60 }, '2026-12-22T06:00:00Z');
    expect(late.approved).toBe(false);
    expect((await runAt('2026-12-22T07:30:00Z', { ...office, timeout: 60 })).approved).toBe(true);
  });
});
