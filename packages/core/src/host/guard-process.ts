/** Keeps the code of others from ending the process, and from failing where nobody waits for it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { leaveBuiltins } from '../cdk/leave-builtins.ts';
import { definitionStrayed } from '../errors/catalogue/loading.ts';
import { pluginExited, pluginStrayed } from '../errors/catalogue/plugins.ts';
import { type CdkpipeError, pluginFailed, refused } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import { pluginAtWork } from '../errors/plugin-at-work.ts';
import { expectGlobals } from '../hooks/patched-globals.ts';

/**
 * Runs `work` with a signal that also aborts for such a fault, so that the work tidies up; the fault is what it ends
 * with then. A call into a plugin that is still under way takes the fault itself.
 *
 * @throws CdkpipeError naming the plugin that called `process.exit`, or whose timer, promise or emitter failed
 */
export async function guardingProcess<T>(
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const fault = new AbortController();
  const end = (error: CdkpipeError): void => {
    if (!pluginAtWork()?.takeFault?.(error)) fault.abort(error);
  };
  const blameStray = (thrown: unknown): void => end(strayed(thrown));
  const { exit } = process;
  process.exit = (...code) => {
    const error = pluginExitFault();
    // Called without a code it keeps `process.exitCode`; with `undefined` as one it would end with 0.
    if (!error) return exit.apply(process, code);
    // A plugin that catches what is thrown here has still asked for an end.
    end(error);
    throw error;
  };
  process.on('uncaughtException', blameStray);
  process.on('unhandledRejection', blameStray);
  leaveBuiltins();
  expectGlobals();
  try {
    const result = await work(signal ? AbortSignal.any([signal, fault.signal]) : fault.signal);
    // What was left behind and has failed is noticed at the next turn of the event loop.
    await nextTurn();
    fault.signal.throwIfAborted();
    return result;
  } catch (error) {
    throw fault.signal.aborted ? fault.signal.reason : error;
  } finally {
    process.exit = exit;
    expectGlobals();
    process.off('uncaughtException', blameStray);
    process.off('unhandledRejection', blameStray);
  }
}

/** The fault of the plugin whose code is ending the process now; undefined when no plugin is at work. */
export function pluginExitFault(): CdkpipeError | undefined {
  const culprit = pluginAtWork();
  return culprit && pluginFailed([pluginExited(culprit)]);
}

function strayed(thrown: unknown): CdkpipeError {
  const culprit = pluginAtWork();
  const message = describeThrown(thrown);
  return culprit
    ? pluginFailed([pluginStrayed(culprit, message)], { cause: thrown })
    : refused([definitionStrayed(message)], { cause: thrown });
}
