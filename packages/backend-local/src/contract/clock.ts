/** Time as the engine sees it, so that tests and rehearsals can set it. */
import { setTimeout as wait } from 'node:timers/promises';

export interface Clock {
  now(): Date;
  /** Rejects when `signal` is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/**
 * A machine that was asleep looks at its clock again after so long at the latest, in milliseconds; timers of Node take no
 * more than 24 days at once.
 */
const longestNap = 15 * 60_000;

/** The machine's clock, `offset` milliseconds ahead. */
export function systemClock(offset = 0): Clock {
  return {
    now: () => new Date(Date.now() + offset),
    sleep: async (milliseconds, signal) => {
      const end = Date.now() + milliseconds;
      for (let left = milliseconds; left > 0; left = end - Date.now())
        await wait(Math.min(left, longestNap), undefined, signal === undefined ? {} : { signal });
    },
  };
}

/** How long what runs for real may go on before time is passed over, in milliseconds. */
const breath = 20;

/**
 * A clock for rehearsals on which nobody waits: what sleeps wakes at once, earliest first, and finds that it is later.
 *
 * @param offset milliseconds that it begins ahead of the machine's
 */
export function skippingClock(offset = 0): Clock {
  let ahead = offset;
  const sleepers = new Set<{ readonly until: number }>();
  return {
    now: () => new Date(Date.now() + ahead),
    sleep: async (milliseconds, signal) => {
      const own = { until: Date.now() + ahead + milliseconds };
      sleepers.add(own);
      try {
        do await wait(breath, undefined, signal === undefined ? {} : { signal });
        while ([...sleepers].some(({ until }) => until < own.until));
        ahead = Math.max(ahead, own.until - Date.now());
      } finally {
        sleepers.delete(own);
      }
    },
  };
}
