/** Calls into a plugin: with a time limit, and with its name on every fault. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Plugin } from '../contracts/plugin.ts';
import { blame, documented, pluginThrew, pluginTimedOut } from '../errors/catalogue/plugins.ts';
import { CdkpipeError, isCdkpipeError, pluginFailed } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { PluginWork } from '../errors/plugin-at-work.ts';
import { startLimit } from '../errors/running-limits.ts';
import { refuseIfPatched } from './patched-globals.ts';
import { watchPlugin } from './watch-plugin.ts';

export interface PluginCall extends PluginWork {
  readonly plugin: Plugin;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** Aborted when the command is interrupted. */
  readonly signal: AbortSignal;
}

/**
 * Runs `work` with a signal that is aborted when the time is over or the command is interrupted; either ends the wait
 * at once, whether the plugin listens or not.
 *
 * @throws CdkpipeError (`source: 'plugin'`) when it throws, rejects, does not settle in time or wants to end the process;
 *   what a plugin itself refuses with a CdkpipeError keeps its source and gets the plugin's name
 */
export async function callPlugin<T>(call: PluginCall, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  call.signal.throwIfAborted();
  const limit = new AbortController();
  const ended = new AbortController();
  const timer = setTimeout(() => limit.abort(timedOut(call)), call.timeoutMs);
  const endLimit = startLimit(call.timeoutMs, () => timedOut(call), call);
  const signal = AbortSignal.any([call.signal, limit.signal]);
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: ended.signal });
  });
  try {
    return await Promise.race([watchPlugin(call, () => settled(call, () => work(signal))), stopped]);
  } catch (cause) {
    call.signal.throwIfAborted();
    throw attributed(cause, call);
  } finally {
    clearTimeout(timer);
    endLimit();
    ended.abort();
  }
}

/** A promise that it left behind and that has been rejected is noticed at the next turn of the event loop, not before. */
async function settled<T>(call: PluginCall, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await nextTurn();
    refuseIfPatched(call);
  }
}

function timedOut(call: PluginCall): CdkpipeError {
  return pluginFailed([{ ...pluginTimedOut(call.plugin, call.what, call.timeoutMs / 1000), ...blame(call) }]);
}

/** What `work` threw, as the fault of its plugin. */
export function attributed(cause: unknown, call: PluginWork): CdkpipeError {
  const where = blame(call);
  if (isCdkpipeError(cause)) {
    const [first, ...rest] = cause.problems;
    return new CdkpipeError(
      cause.source,
      [
        documented({ ...first, ...where }, call.plugin),
        ...rest.map((problem) => documented({ ...problem, ...where }, call.plugin)),
      ],
      { cause },
    );
  }
  return pluginFailed([{ ...pluginThrew(call.plugin, call.what, describeThrown(cause)), ...where }], { cause });
}
