/** Lets a person stop a command: the first signal asks for an orderly end, the second takes none. */
import { Interruption } from './failure.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** How long work may take to tidy up once it was asked to stop. */
const graceMs = 2000;

/**
 * Runs `work` with a signal that is aborted on SIGINT and SIGTERM. Once that happened, the result is an
 * {@link Interruption}, whatever error the work ends with.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let grace: NodeJS.Timeout | undefined;
  let giveUp: (reason: Interruption) => void = () => {};
  const gaveUp = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Interruption());
    grace = setTimeout(() => giveUp(new Interruption()), graceMs);
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await Promise.race([work(controller.signal), gaveUp]);
  } catch (error) {
    throw controller.signal.aborted ? new Interruption('interrupted', { cause: error }) : error;
  } finally {
    clearTimeout(grace);
    for (const signal of signals) process.off(signal, stop);
  }
}
