/** The buildspec of a project: constant structure, and the author's commands as they are. */
import type { BuildWork } from './build-work.ts';

/** Node that cdkpipe and the CDK's tools run on, in images whose runtimes can be chosen. */
const nodeVersion = '22';

// Tools keep what they download there; CodeBuild caches nothing that is not named.
const cachedPaths = ['/root/.npm/**/*', '/root/.cache/**/*'];

export function buildSpec(work: BuildWork): string {
  return JSON.stringify({
    version: '0.2',
    ...(work.exports.length > 0 ? { env: { 'exported-variables': work.exports } } : {}),
    phases: {
      install: {
        ...(work.image === undefined ? { 'runtime-versions': { nodejs: nodeVersion } } : {}),
        commands: work.installCommands,
      },
      build: { commands: work.commands },
    },
    ...(work.output ? { artifacts: { 'base-directory': work.output.directory, files: ['**/*'] } } : {}),
    ...(work.cache && cachesPaths(work.cache) ? { cache: { paths: cachedPaths } } : {}),
  });
}

function cachesPaths(cache: NonNullable<BuildWork['cache']>): boolean {
  return cache.type === 's3' || cache.modes.includes('custom');
}
