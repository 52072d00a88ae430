/** Ends the wait for work that may never settle. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startLimit } from '../errors/running-limits.ts';

export interface TimeLimit {
  readonly milliseconds: number;
  readonly signal?: AbortSignal | undefined;
  /** What to throw when the time is over. */
  timedOut(): Error;
}

/**
 * What `work` gives, unless the time is over or the signal aborts first. The timer keeps the process alive while the
 * work waits, as node would otherwise end it without a word, and is gone when the work is done.
 *
 * @throws the signal's reason when it aborts
 */
export async function withinTime<T>(work: () => Promise<T>, limit: TimeLimit): Promise<T> {
  limit.signal?.throwIfAborted();
  const done = new AbortController();
  const endLimit = startLimit(limit.milliseconds, limit.timedOut);
  const signal = limit.signal ? AbortSignal.any([done.signal, limit.signal]) : done.signal;
  const timer = sleep(limit.milliseconds, undefined, { signal }).then(
    () => {
      throw limit.timedOut();
    },
    () => {
      throw limit.signal?.reason;
    },
  );
  try {
    return await Promise.race([work(), timer]);
  } finally {
    endLimit();
    done.abort();
    await timer.catch(() => undefined);
  }
}
