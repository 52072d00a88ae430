/** Calls into a plugin: with a time limit, and with its name on every fault. */

import type { Plugin } from '../contracts/plugin.ts';
import { attribution, pluginThrew, pluginTimedOut } from '../errors/catalogue/plugins.ts';
import { CdkpipeError, isCdkpipeError, pluginFailed } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';

export interface PluginCall {
  readonly plugin: Plugin;
  /** What is being done, for messages, for example `the tap of "plan"`. */
  readonly what: string;
  readonly hook?: string;
  /** ID of the plan's node that is worked on. */
  readonly node?: string;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** Aborted when the command is interrupted. */
  readonly signal: AbortSignal;
}

/**
 * Runs `work` with a signal that is aborted when the time is over.
 *
 * @throws CdkpipeError (`source: 'plugin'`) when it throws, rejects or does not settle in time; what a plugin itself
 *   refuses with a CdkpipeError keeps its source and gets the plugin's name
 */
export async function callPlugin<T>(call: PluginCall, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  call.signal.throwIfAborted();
  const limit = new AbortController();
  const where = {
    ...attribution(call.plugin),
    ...(call.hook === undefined ? {} : { hook: call.hook }),
    ...(call.node === undefined ? {} : { node: call.node }),
  };
  let timer: NodeJS.Timeout | undefined;
  const timeOut = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const problem = pluginTimedOut(call.plugin, call.what, call.timeoutMs / 1000);
      reject(pluginFailed([{ ...problem, ...where }]));
      limit.abort();
    }, call.timeoutMs);
  });
  try {
    return await Promise.race([work(AbortSignal.any([call.signal, limit.signal])), timeOut]);
  } catch (cause) {
    call.signal.throwIfAborted();
    throw attributed(cause, call, where);
  } finally {
    clearTimeout(timer);
  }
}

function attributed(cause: unknown, { plugin, what }: PluginCall, where: Partial<Problem>): CdkpipeError {
  if (isCdkpipeError(cause)) {
    const [first, ...rest] = cause.problems;
    return new CdkpipeError(
      cause.source,
      [{ ...first, ...where }, ...rest.map((problem) => ({ ...problem, ...where }))],
      {
        cause,
      },
    );
  }
  const message = describeThrown(cause);
  return pluginFailed([{ ...pluginThrew(plugin, what, message), ...where }], { cause });
}
