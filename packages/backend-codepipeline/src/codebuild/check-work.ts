/** What of a project contradicts itself, once its defaults are filled in. */
import type { PartialBuildSpec, Problem } from '@cdkpipe/core';
import { defaultImage, isCurated, offersNode22 } from '../aws/curated-images.ts';
import { limits } from '../aws/limits.ts';
import {
  buildSpecConflict,
  cacheUnprivileged,
  exportNotPossible,
  fileSystemUnprivileged,
  fileSystemWithoutVpc,
  gateIgnoresFailure,
  imageNodeTooOld,
  imageSecretUnused,
} from '../problems/builds.ts';
import { outsideLimit } from '../problems/limits.ts';
import type { Place } from '../problems/place.ts';
import { templateText } from '../values/text.ts';
import { imageName, isAwsImage } from './build-image.ts';
import { keepsPaths } from './build-spec.ts';
import type { BuildWork } from './build-work.ts';
import { checkSecretReference } from './secret-grants.ts';
import { buildSpecReferences } from './variables.ts';

/** @param asked the same before its defaults */
export function checkWork(asked: BuildWork, work: BuildWork, place: Place): Problem[] {
  const { fileSystems, vpc, cache, privileged, image } = work;
  const needsDocker = cache?.type === 'local' && cache.modes.includes('docker');
  const secret =
    typeof image === 'object' && image.secret !== undefined && isAwsImage(image.name) ? image.name : undefined;
  return [
    ...(fileSystems && !vpc ? [fileSystemWithoutVpc(place)] : []),
    // A publisher is not privileged by the author's choice, and becomes so where it mounts file systems.
    ...(fileSystems && privileged === false && work.layer !== 'assets' ? [fileSystemUnprivileged(place)] : []),
    ...(needsDocker && !privileged ? [cacheUnprivileged(place)] : []),
    ...(secret === undefined ? [] : [imageSecretUnused(secret, place)]),
    ...checkNode(work, place),
    ...checkExports(work, place),
    ...checkTexts(work, place),
    ...(work.buildSpec ? checkBuildSpec(asked, work, work.buildSpec, place) : []),
  ];
}

/** What cdkpipe and the CDK's tools run in needs a Node of today; a step may do without Node. */
function checkNode({ image, layer, buildSpec }: BuildWork, place: Place): Problem[] {
  const name = imageName(image) ?? defaultImage;
  const chosen = buildSpec?.phases?.install?.['runtime-versions']?.nodejs;
  if (layer === 'steps' || chosen !== undefined || !isCurated(name) || offersNode22(name)) return [];
  return [imageNodeTooOld(name, place)];
}

/** CodeBuild leaves out, without a word, variables of AWS and those that come from a secret or a parameter. */
function checkExports({ exports, variables, buildSpec }: BuildWork, place: Place): Problem[] {
  const secrets = [...variables.filter(({ type }) => type !== 'PLAINTEXT'), ...buildSpecReferences(buildSpec)];
  return exports.flatMap((name) => {
    if (name.startsWith('AWS_')) return [exportNotPossible(name, 'begins with AWS_', place)];
    if (!secrets.some((secret) => secret.name === name)) return [];
    return [exportNotPossible(name, 'comes from a secret or a parameter', place)];
  });
}

function checkTexts({ variables, nodeId }: BuildWork, place: Place): Problem[] {
  const limit = limits.environmentText;
  return variables.flatMap(({ name, type, value }) =>
    type === 'PLAINTEXT' && value.length > limit.max
      ? [outsideLimit(limit, `the variable "${name}" of "${nodeId}"`, value.length, place)]
      : [],
  );
}

function checkBuildSpec(asked: BuildWork, work: BuildWork, spec: PartialBuildSpec, place: Place): Problem[] {
  const references = buildSpecReferences(spec);
  for (const reference of references) checkSecretReference(reference, place);
  for (const text of textsOf(spec)) templateText(text, 'buildSpec', place);
  const { phases = {} } = spec;
  const continuing = Object.entries(phases).filter(([, phase]) => phase?.['on-failure']?.startsWith('CONTINUE'));
  const isCached = work.cache !== undefined && keepsPaths(work.cache);
  return [
    ...checkNames(work, spec, place),
    ...(work.isGate ? continuing.map(([phase]) => gateIgnoresFailure(phase, place)) : []),
    ...(spec.cache && !isCached
      ? [
          buildSpecConflict(
            '`cache` where nothing it names is kept',
            'add the option `cache` of type "s3", or "local" with "custom"',
            place,
          ),
        ]
      : []),
    // Defaults hold for those projects that have an output.
    ...(asked.buildSpec?.artifacts && !work.outputs
      ? [
          buildSpecConflict(
            '`artifacts` without an output',
            'remove it; a step around the build may have an `output`',
            place,
          ),
        ]
      : []),
  ];
}

/** A variable of the buildspec would lose against one of the project without a word. */
function checkNames(work: BuildWork, { env = {} }: PartialBuildSpec, place: Place): Problem[] {
  const taken = new Set([...work.variables.map(({ name }) => name), ...Object.keys(work.resolvedVariables)]);
  const names = [env.variables, env['parameter-store'], env['secrets-manager']].flatMap((group) =>
    Object.keys(group ?? {}),
  );
  return names.flatMap((name, index) =>
    taken.has(name) || names.indexOf(name) < index
      ? [
          buildSpecConflict(
            `the variable "${name}", which is set elsewhere, too`,
            'set each variable in one place',
            place,
          ),
        ]
      : [],
  );
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsOf(item)]);
}
