/** Turns the flags and the environment of a command into a request to the host. */
import { refused } from '@cdkpipe/core';
import type { ProjectRequest } from '@cdkpipe/core/host';
import { timeoutInvalid } from './problems.ts';

export interface ProjectFlags {
  readonly config?: string | undefined;
  readonly backend?: string | undefined;
  readonly frozen?: boolean | undefined;
}

/** Everything but the signal and the observer. */
export async function projectRequestOf(
  flags: ProjectFlags,
  { cacheDir }: { readonly cacheDir: string },
): Promise<ProjectRequest> {
  const pluginTimeoutMs = readPluginTimeout(process.env.CDKPIPE_PLUGIN_TIMEOUT);
  const [{ default: codePipeline }, { default: local }, { makeDirectory }] = await Promise.all([
    import('@cdkpipe/backend-codepipeline'),
    import('@cdkpipe/backend-local'),
    import('@cdkpipe/core/host'),
  ]);
  return {
    cwd: process.cwd(),
    ...(canBeMade(cacheDir, makeDirectory) && { cacheDir }),
    builtIns: [codePipeline, local],
    ...(flags.config !== undefined && { configPath: flags.config }),
    ...(flags.backend !== undefined && { backend: flags.backend }),
    ...(flags.frozen !== undefined && { frozen: flags.frozen }),
    ...(pluginTimeoutMs !== undefined && { pluginTimeoutMs }),
  };
}

/** A cache that cannot be made is a cache that is not there. */
function canBeMade(directory: string, make: (directory: string) => unknown): boolean {
  try {
    make(directory);
    return true;
  } catch {
    return false;
  }
}

/** @param seconds value of `CDKPIPE_PLUGIN_TIMEOUT` */
export function readPluginTimeout(seconds: string | undefined): number | undefined {
  if (seconds === undefined || seconds === '') return undefined;
  const value = Number(seconds);
  if (!Number.isFinite(value) || value <= 0) throw refused([timeoutInvalid(seconds)]);
  return value * 1000;
}
