/** Time as the engine sees it, so that tests and rehearsals can set it. */
import { setTimeout as wait } from 'node:timers/promises';

export interface Clock {
  now(): Date;
  /** Rejects when `signal` is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock, `offset` milliseconds ahead. */
export function systemClock(offset = 0): Clock {
  return {
    now: () => new Date(Date.now() + offset),
    sleep: (milliseconds, signal) => wait(milliseconds, undefined, signal === undefined ? {} : { signal }),
  };
}
