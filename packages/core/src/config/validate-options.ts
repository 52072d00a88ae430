/** Lets a plugin's schema judge options: with a time limit, as it may answer with a promise, and its name on every fault. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Plugin } from '../contracts/plugin.ts';
import type { PluginLimits } from '../contracts/registry.ts';
import { pluginThrew, pluginTimedOut } from '../errors/catalogue/plugins.ts';
import { isCdkpipeError, pluginFailed } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import { runAsPlugin } from '../errors/plugin-at-work.ts';
import { withinTime } from './within-time.ts';

export interface Validation {
  readonly schema: StandardSchemaV1;
  readonly plugin: Plugin;
  /** For messages, such as `the schema of the kind "pager"`. */
  readonly what: string;
  /** Place of the options in the definition. */
  readonly path: string;
  readonly limits: PluginLimits;
}

/**
 * @throws CdkpipeError (`source: 'plugin'`) when the schema throws, rejects or does not settle in time; the signal's
 *   reason when the command is interrupted
 */
export async function validateOptions(
  { schema, plugin, what, path, limits: { timeoutMs, signal } }: Validation,
  options: unknown,
): Promise<StandardSchemaV1.Result<unknown>> {
  const timedOut = () => pluginFailed([{ ...pluginTimedOut(plugin, what, timeoutMs / 1000), path }]);
  try {
    const answer = runAsPlugin({ plugin, what }, () => schema['~standard'].validate(options));
    // Most schemas answer at once, and need no timer.
    if (!(answer instanceof Promise)) return answer;
    return await withinTime(() => answer, { milliseconds: timeoutMs, signal, timedOut });
  } catch (cause) {
    signal?.throwIfAborted();
    if (isCdkpipeError(cause) && cause.source === 'plugin') throw cause;
    throw pluginFailed([{ ...pluginThrew(plugin, what, describeThrown(cause)), path }], { cause });
  }
}
