/** Calls of AWS that end, whatever stands between: a proxy that never answers, a credential process that waits. */

/** How long one call may take, with its retries. */
export const callTimeoutMs = 15_000;

/** Settings of every client: an address that does not answer is given up before the whole call is. */
export const clientSettings = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 3000, requestTimeout: 8000 },
} as const;

/** @throws Error `TimeoutError` when the time is over; what is under way is left behind, and its signal aborted */
export async function inTime<T>(work: (signal: AbortSignal) => Promise<T>, ms: number = callTimeoutMs): Promise<T> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = Object.assign(new Error(`no answer in ${ms / 1000} s`), { name: 'TimeoutError' });
      limit.abort(error);
      reject(error);
    }, ms);
  });
  try {
    return await Promise.race([work(limit.signal), over]);
  } finally {
    clearTimeout(timer);
  }
}
