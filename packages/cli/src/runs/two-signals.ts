/** Lets a person stop a run: the first signal starts nothing more, the second ends what runs by force. */
import { endNow, interrupt, receiveSignals } from '../process/signals.ts';

export interface TwoSignals {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
  /** What a signal does, for a key that a prompt has caught. */
  interrupt(): void;
  giveBack(): void;
}

/** @param onStop called once, at the first signal */
export function catchSignals(onStop: () => void): TwoSignals {
  const stop = new AbortController();
  const kill = new AbortController();
  const giveBack = receiveSignals(() => {
    if (kill.signal.aborted) endNow();
    if (stop.signal.aborted) {
      kill.abort();
      return;
    }
    stop.abort();
    onStop();
  });
  return { stop: stop.signal, kill: kill.signal, interrupt, giveBack };
}
