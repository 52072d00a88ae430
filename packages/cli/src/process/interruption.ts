/** Lets a person stop a command: the first signal asks for an orderly end, the second ends the process. */
import { Interruption } from '../problems/failure.ts';
import { watchForBlockedThread } from './blocked-thread.ts';
import { areCaught, endNow, receiveSignals } from './signals.ts';

/** How long work may tidy up once it was asked to stop. */
const graceMs = 2000;

/**
 * Runs `work` with a signal that is aborted on the first SIGINT, SIGTERM or SIGHUP. Once that happened, the result is an
 * {@link Interruption}, whatever the work ends with: a script must not take what may be half a result for a whole one.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (areCaught()) watchForBlockedThread();
  const controller = new AbortController();
  let grace: NodeJS.Timeout | undefined;
  let giveUp: (reason: Interruption) => void = () => {};
  const gaveUp = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const giveBack = receiveSignals(() => {
    if (controller.signal.aborted) endNow();
    controller.abort(new Interruption());
    grace = setTimeout(() => giveUp(new Interruption()), graceMs);
  });
  try {
    const result = await Promise.race([work(controller.signal), gaveUp]);
    controller.signal.throwIfAborted();
    return result;
  } catch (error) {
    throw controller.signal.aborted ? new Interruption('interrupted', { cause: error }) : error;
  } finally {
    clearTimeout(grace);
    giveBack();
  }
}
