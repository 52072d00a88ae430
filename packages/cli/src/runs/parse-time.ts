/** Reads `--at`. */
import { refused } from '@cdkpipe/core';
import { flagInvalid } from '../problems/problems.ts';

/** ISO 8601 with a time zone, such as `2026-12-24T17:30Z`. */
export function parseTime(text: string): Date {
  const time = new Date(text);
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  if (!isWhole || Number.isNaN(time.getTime()))
    throw refused([flagInvalid('--at', text, 'a time with its zone, such as 2026-12-24T17:30Z')]);
  return time;
}
