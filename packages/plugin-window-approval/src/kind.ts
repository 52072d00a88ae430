/** The kind `window`, apart from any backend. */
import { defineKind, stepHelper } from '@cdkpipe/core';
import { windowOptions } from './options.ts';

export const windowKind = defineKind({
  name: 'window',
  summary: 'Waits until a deployment window is open.',
  options: windowOptions,
  positions: ['wave', 'change', 'approval'],
  examples: [
    { title: 'Office hours', options: { open: ['Mon-Thu 09:00-16:00', 'Fri 09:00-12:00'], timeZone: 'Europe/Berlin' } },
    {
      title: 'Not over the holidays',
      options: {
        open: ['Mon-Fri 08:00-18:00'],
        timeZone: 'America/New_York',
        closed: ['2026-11-26', '2026-12-21/2027-01-03'],
      },
    },
  ],
});

/**
 * Waits until a deployment window is open.
 *
 * @param name of the step
 * @param options `open` (days and hours), `timeZone`; where wanted, `closed` (dates) and `timeout` (minutes)
 */
export const window = stepHelper(windowKind);
