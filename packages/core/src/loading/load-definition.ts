/** Loads the definition: finds its file, reads what that exports, calls and awaits it. */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { checkReleases } from '../cdk/supported-releases.ts';
import { configTimedOut } from '../errors/catalogue/loading.ts';
import { refused, refuseIfAny } from '../errors/cdkpipe-error.ts';
import { findConfig } from './find-config.ts';
import { placeIn } from './place.ts';
import { withinTime } from './within-time.ts';

export interface LoadOptions {
  /** Where the search starts, and what paths in messages are relative to. */
  readonly cwd: string;
  /** The file to load instead of searching, relative to `cwd`. */
  readonly configPath?: string | undefined;
  /** Where transformed files are kept between runs; nowhere when absent. */
  readonly cacheDir?: string | undefined;
  /** Limit for importing, calling and awaiting together; default 30,000. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Is told which file it is before that is read. */
  readonly beforeRead?: ((file: string) => Promise<void>) | undefined;
}

export interface LoadedDefinition {
  /** What the file exports by default, called if it is a function, and awaited. */
  readonly value: unknown;
  /** The file, absolute. */
  readonly file: string;
  /** The project's directory: the one that holds the file. */
  readonly directory: string;
  /** Files that the process has loaded by then, absolute, except ES modules that Node.js imports itself. */
  readonly imported: readonly string[];
}

/**
 * @throws CdkpipeError (`source: 'user'`) when there is no definition or it cannot be loaded, with the cause where
 *   code of the author threw; the signal's reason when it aborts
 */
export async function loadDefinition(options: LoadOptions): Promise<LoadedDefinition> {
  const { configPath, cacheDir, timeoutMs = 25_000, signal } = options;
  const cwd = resolve(options.cwd);
  const { file, directory, read } = await findConfig({ cwd, cacheDir }, configPath);
  // Before the definition runs: what it imports of a release that is too old may fail in any way.
  refuseIfAny(checkReleases(directory));
  await options.beforeRead?.(file);
  const value = await withinTime(read, {
    milliseconds: timeoutMs,
    signal,
    timedOut: () => refused([configTimedOut(placeIn(cwd, { file }), timeoutMs)]),
  });
  // jiti keeps what it evaluates where Node.js keeps CommonJS.
  return { value, file, directory, imported: Object.keys(createRequire(import.meta.url).cache) };
}
