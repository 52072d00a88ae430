/** Reads `--older-than`. */
import { refused } from '@cdkpipe/core';
import { flagInvalid } from '../problems/problems.ts';

const hour = 3_600_000;
const units: Readonly<Record<string, number>> = { h: hour, d: 24 * hour, w: 7 * 24 * hour };

/** @returns the moment before `now` that `text` names, such as `30d` */
export function parseAge(text: string, now: Date): Date {
  const [, count = '', unit = ''] = /^([1-9]\d{0,3})([hdw])$/.exec(text) ?? [];
  const length = units[unit];
  if (length === undefined)
    throw refused([flagInvalid('--older-than', text, 'a number of hours, days or weeks, such as 12h, 30d or 8w')]);
  return new Date(now.getTime() - Number(count) * length);
}
