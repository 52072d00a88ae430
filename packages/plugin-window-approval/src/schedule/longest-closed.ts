/** How long a run may have to wait for a window. */
import { nextOpening } from './next-opening.ts';
import type { Schedule } from './schedule.ts';

const day = 86_400_000;

export interface ClosedStretch {
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Absent where it does not open again within the days that were looked at. */
  readonly until?: number;
}

/**
 * For each time closed dates begin, from the closing before it to the next opening; so without closed dates, nothing.
 *
 * @param days how far to look for the opening
 */
export function closedStretches(schedule: Schedule, days: number): ClosedStretch[] {
  return schedule.closed.map(({ first }) => {
    const noon = Date.parse(`${first}T12:00Z`);
    const from = lastOpenBefore(schedule, noon);
    const until = nextOpening(schedule, noon, days);
    return until === undefined ? { from } : { from, until };
  });
}

/** The last quarter of an hour before `instant` in which the window was open; at most a week back. */
function lastOpenBefore(schedule: Schedule, instant: number): number {
  let last = instant - 7 * day;
  for (let next = nextOpening(schedule, last, 8); next !== undefined && next < instant; ) {
    last = next;
    next = nextOpening(schedule, next + 900_000, 8);
  }
  return last;
}
