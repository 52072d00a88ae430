/** The buildspec of a project: cdkpipe's structure, the author's commands as they are, and the parts an author added. */
import type { PartialBuildSpec } from '@cdkpipe/core';
import { defaultImage, offersNode22 } from '../aws/curated-images.ts';
import { imageName } from './build-image.ts';
import { artifactsPart } from './build-output.ts';
import type { BuildWork } from './build-work.ts';
import { keepVerdict } from './keep-verdict.ts';

/** Node that cdkpipe and the CDK's tools run on. Curated images run an older one by default: 18 in `standard:7.0`. */
const nodeVersion = '22';

// Tools keep what they download there; CodeBuild caches nothing that is not named.
const cachedPaths = ['/root/.npm/**/*', '/root/.cache/**/*'];

/** @returns JSON, which is YAML that needs no quoting of its own */
export function buildSpec(given: BuildWork): string {
  const work =
    given.isGate && !/^(powershell|pwsh)/.test(given.buildSpec?.env?.shell ?? '') ? withVerdictsKept(given) : given;
  const { version: _, env: __, phases = {}, artifacts, cache, ...added } = work.buildSpec ?? {};
  const install = installPhase(work, phases.install);
  return JSON.stringify({
    version: '0.2',
    ...added,
    ...environmentOf(work),
    phases: {
      ...(Object.keys(install).length > 0 ? { install } : {}),
      ...(phases.pre_build ? { pre_build: phases.pre_build } : {}),
      build: { ...phases.build, commands: work.commands },
      ...(phases.post_build ? { post_build: phases.post_build } : {}),
    },
    ...artifactsPart(work.outputs ?? [], artifacts),
    ...cacheOf(work, cache),
  });
}

/** No command of a gate can let it pass after one that failed. */
function withVerdictsKept(work: BuildWork): BuildWork {
  const { buildSpec: added } = work;
  const phases = Object.entries(added?.phases ?? {}).map(([name, phase = {}]) => [
    name,
    {
      ...phase,
      ...(phase.commands ? { commands: phase.commands.map(keepVerdict) } : {}),
      ...(phase.finally ? { finally: phase.finally.map(keepVerdict) } : {}),
    },
  ]);
  return {
    ...work,
    installCommands: work.installCommands.map(keepVerdict),
    commands: work.commands.map(keepVerdict),
    ...(added?.phases ? { buildSpec: { ...added, phases: Object.fromEntries(phases) } } : {}),
  };
}

/** AWS's examples leave out commands where there are none; what an empty list means is nowhere said. */
function installPhase(work: BuildWork, added: NonNullable<PartialBuildSpec['phases']>['install']) {
  const commands = [...work.setup, ...(added?.commands ?? []), ...work.installCommands];
  const runtimes = {
    ...(offersNode22(imageName(work.image) ?? defaultImage) ? { nodejs: nodeVersion } : {}),
    ...added?.['runtime-versions'],
  };
  return {
    ...added,
    ...(Object.keys(runtimes).length > 0 ? { 'runtime-versions': runtimes } : {}),
    ...(commands.length > 0 ? { commands } : {}),
  };
}

function environmentOf({ exports, buildSpec }: BuildWork) {
  if (exports.length === 0 && !buildSpec?.env) return {};
  return { env: { ...buildSpec?.env, ...(exports.length > 0 ? { 'exported-variables': exports } : {}) } };
}

function cacheOf({ cache }: BuildWork, added: PartialBuildSpec['cache']) {
  if (!cache || !keepsPaths(cache)) return {};
  const paths = [...(cache.paths ?? cachedPaths), ...(added?.paths ?? [])];
  return { cache: { ...added, paths: [...new Set(paths)] } };
}

/** Whether the cache keeps what the buildspec names; the others know themselves what they keep. */
export function keepsPaths(cache: NonNullable<BuildWork['cache']>): boolean {
  return cache.type === 's3' || cache.modes.includes('custom');
}
