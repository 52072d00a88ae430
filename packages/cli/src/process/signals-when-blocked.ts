/**
 * Lets a signal end the process while code of an author computes without a pause. Node.js then runs no handler, and a signal
 * that has one does not end the process. A second thread notices that the first one is busy, and takes the handlers away
 * through the inspector, which interrupts running code; the system then does what it does by default.
 */
import { Worker } from 'node:worker_threads';
import { endingSignals } from './signals.ts';

/** Milliseconds. */
const beatEvery = 100;
const askEvery = 500;
/** Microseconds of computing without a pause: on a busy machine time passes in which nothing was computed. */
const busyAfter = 3_000_000;
/** What the second thread calls in the first one. */
const release = 'cdkpipe.releaseSignals';

type Listener = (...args: unknown[]) => void;

let isWatching = false;

/** Called when code of an author is about to run; further calls do nothing. */
export function watchForBlockedThread(): void {
  if (isWatching) return;
  isWatching = true;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let taken: (readonly [NodeJS.Signals, Listener])[] = [];
  Object.defineProperty(globalThis, Symbol.for(release), {
    value: () => {
      if (taken.length > 0) return;
      taken = endingSignals.flatMap((signal) =>
        process.rawListeners(signal).map((each) => [signal, each as Listener] as const),
      );
      for (const signal of endingSignals) process.removeAllListeners(signal);
    },
  });
  setInterval(() => {
    Atomics.add(beats, 0, 1);
    for (const [signal, listener] of taken.splice(0)) process.on(signal, listener);
  }, beatEvery).unref();
  new Worker(watcher, { eval: true, workerData: { beats, release, askEvery, busyAfter }, execArgv: [], stdin: false })
    .on('error', () => {})
    .unref();
}

const watcher = `
const { workerData: { beats, release, askEvery, busyAfter } } = require('node:worker_threads');
const spent = () => { const { user, system } = process.cpuUsage(); return user + system; };
let last = -1, since = spent(), isReleased = false;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  if (now !== last) {
    last = now;
    since = spent();
    isReleased = false;
  } else if (!isReleased && spent() - since >= busyAfter) {
    isReleased = true;
    const { Session } = require('node:inspector');
    const session = new Session();
    session.connectToMainThread();
    const expression = 'globalThis[Symbol.for(' + JSON.stringify(release) + ')]()';
    session.post('Runtime.evaluate', { expression }, () => session.disconnect());
  }
}, askEvery);
`;
