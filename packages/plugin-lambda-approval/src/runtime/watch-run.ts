/** Watches a check from outside: its time limit, and faults that reach the process instead of the check's promise. */
import type { EventEmitter } from 'node:events';
import { rejectionOf, type Verdict } from './verdict.ts';

/** Left for the report, in milliseconds. */
const margin = 3000;
const processFaults = ['uncaughtException', 'unhandledRejection'] as const;

export interface Watch {
  /** Settles with a rejection when something goes wrong; never otherwise. */
  readonly verdict: Promise<Verdict>;
  stop(): void;
}

/** @param remaining milliseconds until Lambda ends the function */
export function watchRun(remaining: number): Watch {
  const limit = Math.max(0, remaining - margin);
  let resolve: (verdict: Verdict) => void;
  const verdict = new Promise<Verdict>((settle) => {
    resolve = settle;
  });
  const fail = (thrown: unknown) => resolve(rejectionOf(thrown));
  const timer = setTimeout(
    () => fail(new Error(`the check did not finish within ${Math.round(limit / 1000)} s`)),
    limit,
  );
  const giveBack = processFaults.map((fault) => takeOver(fault, fail));
  const { exit } = process;
  process.exit = (code) => {
    throw new Error(`the check called process.exit(${code ?? ''}); return or throw instead`);
  };
  return {
    verdict,
    stop() {
      clearTimeout(timer);
      process.exit = exit;
      for (const restore of giveBack) restore();
    },
  };
}

/** Lambda's own listeners end the process at once, before anything could be reported. */
function takeOver(fault: string, listener: (thrown: unknown) => void): () => void {
  const emitter: EventEmitter = process;
  const others = emitter.listeners(fault);
  emitter.removeAllListeners(fault).on(fault, listener);
  return () => {
    emitter.removeAllListeners(fault);
    for (const other of others) emitter.on(fault, other as () => void);
  };
}
