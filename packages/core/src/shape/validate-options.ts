/** Lets a plugin's schema judge options: with a time limit, as it may answer with a promise, and its name on every fault. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Plugin } from '../contracts/plugin.ts';
import type { PluginLimits } from '../contracts/registry.ts';
import { pluginThrew, pluginTimedOut } from '../errors/catalogue/plugins.ts';
import { isCdkpipeError, pluginFailed } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import { runAsPlugin } from '../errors/plugin-at-work.ts';
import { startLimit } from '../errors/running-limits.ts';
import { withinTime } from '../loading/within-time.ts';
import { judgedWithoutOddLengths } from './odd-lengths.ts';

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
 * @throws CdkpipeError (`source: 'plugin'`) when the schema throws, rejects, does not settle in time or answers with something
 *   else than Standard Schema says; the signal's reason when the command is interrupted
 */
export async function validateOptions(
  { schema, plugin, what, path, limits: { timeoutMs, signal } }: Validation,
  options: unknown,
): Promise<StandardSchemaV1.Result<unknown>> {
  const timedOut = () => pluginFailed([{ ...pluginTimedOut(plugin, what, timeoutMs / 1000), path }]);
  const work = { plugin, what };
  const endLimit = startLimit(timeoutMs, timedOut, work);
  try {
    const answer = runAsPlugin(work, () =>
      judgedWithoutOddLengths(options, (each) => schema['~standard'].validate(each)),
    );
    // Most schemas answer at once, and need no timer.
    if (!(answer instanceof Promise)) return judged(answer);
    return judged(await withinTime(() => answer, { milliseconds: timeoutMs, signal, timedOut }));
  } catch (cause) {
    signal?.throwIfAborted();
    if (isCdkpipeError(cause) && cause.source === 'plugin') throw cause;
    throw pluginFailed([{ ...pluginThrew(plugin, what, describeThrown(cause)), path }], { cause });
  } finally {
    endLimit();
  }
}

/** An answer without issues and without a value would let every option pass. */
function judged(answer: StandardSchemaV1.Result<unknown>): StandardSchemaV1.Result<unknown> {
  if (typeof answer !== 'object' || answer === null) throw new TypeError('its answer is no result');
  if (answer.issues === undefined && !('value' in answer)) throw new TypeError('its answer has no value and no issues');
  if (
    answer.issues !== undefined &&
    !(Array.isArray(answer.issues) && answer.issues.length > 0 && answer.issues.every(isIssue))
  )
    throw new TypeError('its answer has issues without a message or with a path that is none');
  return answer;
}

function isIssue(issue: unknown): boolean {
  if (typeof issue !== 'object' || issue === null) return false;
  const { message, path = [] } = issue as { message?: unknown; path?: unknown };
  return typeof message === 'string' && Array.isArray(path) && path.every(isSegment);
}

function isSegment(segment: unknown): boolean {
  const key = typeof segment === 'object' && segment !== null && 'key' in segment ? segment.key : segment;
  return ['string', 'number', 'symbol'].includes(typeof key);
}
