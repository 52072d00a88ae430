/** Turns the flags and the environment of a command into a request to the host. */
import { type Problem, refused } from '@cdkpipe/core';
import type { ProjectRequest } from '@cdkpipe/core/host';
import { loadBuiltIns } from '../backends/built-in-backends.ts';
import { cacheNotPrivate, timeoutInvalid } from '../problems/problems.ts';
import { print } from '../terminal/print.ts';
import { paintFor } from '../views/paint.ts';
import { warningsView } from '../views/problems.ts';
import { parseContext } from './context-flag.ts';

export interface ProjectFlags {
  readonly config?: string | undefined;
  readonly backend?: string | undefined;
  readonly frozen?: ProjectRequest['frozen'] | undefined;
  readonly 'allow-linked'?: boolean | undefined;
  readonly strict?: boolean | undefined;
  /** `KEY=VALUE`. */
  readonly context?: readonly string[] | undefined;
}

/**
 * Everything but the signal and the observer.
 *
 * @param warn receives what stops nothing
 */
export async function projectRequestOf(
  flags: ProjectFlags,
  { cacheDir }: { readonly cacheDir: string },
  warn: (warning: Problem) => void = showWarning,
): Promise<ProjectRequest> {
  const pluginTimeoutMs = readTimeout('CDKPIPE_PLUGIN_TIMEOUT');
  const stacksTimeoutMs = readTimeout('CDKPIPE_STACKS_TIMEOUT');
  const [builtIns, { findStrangersIn }] = await Promise.all([loadBuiltIns(), import('@cdkpipe/core/host')]);
  return {
    cwd: process.cwd(),
    ...cacheIn(cacheDir, findStrangersIn, warn),
    builtIns,
    ...(flags.config !== undefined && { configPath: flags.config }),
    ...(flags.backend !== undefined && { backend: flags.backend }),
    ...(flags.frozen !== undefined && { frozen: flags.frozen }),
    ...(flags['allow-linked'] === true && { allowLinked: true }),
    ...(flags.strict !== undefined && { strict: flags.strict }),
    ...(flags.context !== undefined && { context: parseContext(flags.context) }),
    ...(pluginTimeoutMs !== undefined && { pluginTimeoutMs }),
    ...(stacksTimeoutMs !== undefined && { stacksTimeoutMs }),
  };
}

/**
 * A cache holds code that runs and verdicts that are believed, so one that others can write is not used. One that cannot
 * be made is not there.
 */
function cacheIn(
  cacheDir: string,
  findStrangers: (directory: string) => string | undefined,
  warn: (warning: Problem) => void,
): { readonly cacheDir?: string } {
  try {
    const reason = findStrangers(cacheDir);
    if (reason === undefined) return { cacheDir };
    warn(cacheNotPrivate(cacheDir, reason));
  } catch {
    // As above.
  }
  return {};
}

function showWarning(warning: Problem): void {
  print(process.stderr, warningsView([warning], paintFor(process.stderr)));
}

/** Timers of Node fire at once when they are asked to wait longer. */
const longestTimer = 2 ** 31 - 1;

/**
 * The milliseconds of an environment variable that holds seconds; undefined where it is unset or empty.
 *
 * @throws CdkpipeError (`source: 'user'`) when it is not a number above 0
 */
export function readTimeout(variable: string, env: NodeJS.ProcessEnv = process.env): number | undefined {
  const seconds = env[variable];
  if (seconds === undefined || seconds === '') return undefined;
  const value = Number(seconds);
  if (!Number.isFinite(value) || value <= 0) throw refused([timeoutInvalid(variable, seconds)]);
  return Math.min(value * 1000, longestTimer);
}
