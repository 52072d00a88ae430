/** Receives the signals that end a command, from the start of the process on; whatever they meet, the exit code is 130. */

export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** 128 + SIGINT, as a shell reports it; one code for all signals, so that a script needs to know one. */
export const interruptedCode = 130;

// The process's own: a definition at work has `process.exit` replaced, and must not be able to keep a person from ending it.
const exit = process.exit.bind(process);

const receivers: (() => void)[] = [];
let isInterrupted = false;

/** Called once, before anything else runs; a signal that no command receives ends the process at once. */
export function catchSignals(): void {
  for (const signal of endingSignals) process.on(signal, interrupt);
  process.on('exit', () => {
    if (isInterrupted) process.exitCode = interruptedCode;
  });
}

/** Does what a signal does; also for a key that a prompt has caught. */
export function interrupt(): void {
  isInterrupted = true;
  const receiver = receivers.at(-1);
  if (receiver) receiver();
  else endNow();
}

/** Until the function returned is called, `receiver` is called for every signal. */
export function receiveSignals(receiver: () => void): () => void {
  receivers.push(receiver);
  return () => {
    const at = receivers.lastIndexOf(receiver);
    if (at >= 0) receivers.splice(at, 1);
  };
}

/** Whether {@link catchSignals} was called: elsewhere signals are those of the program that uses this one. */
export function areCaught(): boolean {
  return endingSignals.every((signal) => process.listeners(signal).includes(interrupt));
}

export function wasInterrupted(): boolean {
  return isInterrupted;
}

export function endNow(): never {
  return exit(interruptedCode);
}
