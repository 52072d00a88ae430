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
  const [{ default: codePipeline }, { default: local }] = await Promise.all([
    import('@cdkpipe/backend-codepipeline'),
    import('@cdkpipe/backend-local'),
  ]);
  return {
    cwd: process.cwd(),
    cacheDir,
    builtIns: [codePipeline, local],
    ...(flags.config !== undefined && { configPath: flags.config }),
    ...(flags.backend !== undefined && { backend: flags.backend }),
    ...(flags.frozen !== undefined && { frozen: flags.frozen }),
    ...(pluginTimeoutMs !== undefined && { pluginTimeoutMs }),
  };
}

/** @param seconds value of `CDKPIPE_PLUGIN_TIMEOUT` */
export function readPluginTimeout(seconds: string | undefined): number | undefined {
  if (seconds === undefined || seconds === '') return undefined;
  const value = Number(seconds);
  if (!Number.isFinite(value) || value <= 0) throw refused([timeoutInvalid(seconds)]);
  return value * 1000;
}
