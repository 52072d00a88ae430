/**
 * Ends code of an author that computes without a pause, when its time limit is over or a signal comes. Node.js then runs no
 * timer and no handler, and a signal that has a handler does not end the process. A second thread notices that the first one
 * is busy, and calls it through the inspector, which interrupts running code. The first one then takes the handlers away, so
 * that the system does what it does by default with a signal, and ends the process where a limit is over.
 */
import { closeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { endingSignals } from './signals.ts';

/** Milliseconds. */
const beatEvery = 100;
const askEvery = 500;
/** Microseconds of computing without a pause: on a busy machine time passes in which nothing was computed. */
const busyAfter = 3_000_000;
/** What the second thread calls in the first one. */
const interrupt = 'cdkpipe.interruptComputing';

type Listener = (...args: unknown[]) => void;
/** Whether what computes has to end, given for how many milliseconds it has computed. */
export type EndComputing = (computedMs: number) => boolean;

// The process's own: a definition at work has `process.exit` replaced.
const exit = process.exit.bind(process);
const judges: EndComputing[] = [];
let isWatching = false;

/** Until the function returned is called, `judge` is asked whenever code computes without a pause. */
export function judgeComputing(judge: EndComputing): () => void {
  judges.push(judge);
  return () => {
    const at = judges.lastIndexOf(judge);
    if (at >= 0) judges.splice(at, 1);
  };
}

/** Called when code of an author is about to run; further calls do nothing. */
export function watchForBlockedThread(): void {
  if (isWatching) return;
  isWatching = true;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let taken: (readonly [NodeJS.Signals, Listener])[] = [];
  const takeHandlers = () => {
    if (taken.length > 0) return;
    taken = endingSignals.flatMap((signal) =>
      process.rawListeners(signal).map((each) => [signal, each as Listener] as const),
    );
    for (const signal of endingSignals) process.removeAllListeners(signal);
  };
  Object.defineProperty(globalThis, Symbol.for(interrupt), {
    value: (computedMs: number) => {
      takeHandlers();
      if (judges.some((judge) => judge(computedMs))) endNow();
    },
  });
  setInterval(() => {
    Atomics.add(beats, 0, 1);
    for (const [signal, listener] of taken.splice(0)) process.on(signal, listener);
  }, beatEvery).unref();
  new Worker(watcher, { eval: true, workerData: { beats, interrupt, askEvery, busyAfter }, execArgv: [], stdin: false })
    .on('error', () => {})
    .unref();
}

function endNow(): never {
  // With the session of the second thread open, Node.js prints on the descriptor itself that it waits for a debugger.
  process.once('exit', () => closeSync(2));
  return exit();
}

const watcher = `
const { workerData: { beats, interrupt, askEvery, busyAfter } } = require('node:worker_threads');
const { Session } = require('node:inspector');
const spent = () => { const { user, system } = process.cpuUsage(); return user + system; };
let last = -1, since = spent(), isAsking = false;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  const computed = spent() - since;
  if (now !== last) {
    last = now;
    since = spent();
  } else if (!isAsking && computed >= busyAfter) {
    isAsking = true;
    const session = new Session();
    session.connectToMainThread();
    const expression = 'globalThis[Symbol.for(' + JSON.stringify(interrupt) + ')](' + Math.floor(computed / 1000) + ')';
    session.post('Runtime.evaluate', { expression }, () => {
      session.disconnect();
      isAsking = false;
    });
  }
}, askEvery);
`;
