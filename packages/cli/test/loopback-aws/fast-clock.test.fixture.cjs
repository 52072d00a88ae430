/**
 * Required by processes of Node that a test starts: a command given with -e sees time pass a hundred times as fast, and where
 * TEST_CLOCK_AHEAD says so, the clock is that many milliseconds ahead.
 */
const rate = 100;
const { now } = Date;
const ahead = Number(process.env.TEST_CLOCK_AHEAD ?? 0);

// A tool has a file; only what a build writes inline waits for minutes.
if (process.argv[1] === undefined) {
  const start = now();
  Date.now = () => start + (now() - start) * rate;
  const { setTimeout: wait } = globalThis;
  globalThis.setTimeout = (callback, delay, ...rest) => wait(callback, delay / rate, ...rest);
} else if (ahead > 0) {
  Date.now = () => now() + ahead;
}
