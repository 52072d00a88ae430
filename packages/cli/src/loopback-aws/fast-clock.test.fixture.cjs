/** Required by processes of Node that a test starts: a command given with -e sees time pass a hundred times as fast. */
const rate = 100;

// A tool has a file; only what a build writes inline waits for minutes.
if (process.argv[1] === undefined) {
  const { now } = Date;
  const start = now();
  Date.now = () => start + (now() - start) * rate;
  const { setTimeout: wait } = globalThis;
  globalThis.setTimeout = (callback, delay, ...rest) => wait(callback, delay / rate, ...rest);
}
