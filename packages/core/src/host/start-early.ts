/** What starts before the definition is found, at the place where it most likely is. */
import { dirname, resolve } from 'node:path';
import { type CompileCache, openCompileCache } from '../assembly/compile-cache.ts';
import { findCdkLibrary } from '../cdk/cdk-library.ts';
import type { ProjectRequest } from './request.ts';

/** The directory of the file that was named, or else the one where the user stands. */
export function likelyProjectDirectory({ cwd, configPath }: ProjectRequest): string {
  return dirname(resolve(cwd, configPath ?? 'cdkpipe.config.ts'));
}

/** Opens the cache of the CDK's compiled modules before the first of them is loaded. */
export function startCompileCache(request: ProjectRequest): CompileCache {
  const cdk = findCdkLibrary(likelyProjectDirectory(request));
  if (request.cacheDir === undefined || 'code' in cdk) return { save: () => {} };
  return openCompileCache(cdk.root, request.cacheDir);
}
