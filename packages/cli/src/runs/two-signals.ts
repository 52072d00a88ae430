/** Lets a person stop a run: the first signal starts nothing more, the second ends what runs by force. */

export interface TwoSignals {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
  /** What a signal does, for a key that a prompt has caught. */
  interrupt(): void;
  giveBack(): void;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** @param onStop told once, at the first signal */
export function catchSignals(onStop: () => void): TwoSignals {
  const stop = new AbortController();
  const kill = new AbortController();
  const interrupt = (): void => {
    if (kill.signal.aborted) process.exit(130);
    if (stop.signal.aborted) {
      kill.abort();
      return;
    }
    stop.abort();
    onStop();
  };
  for (const signal of signals) process.on(signal, interrupt);
  return {
    stop: stop.signal,
    kill: kill.signal,
    interrupt,
    giveBack: () => {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
