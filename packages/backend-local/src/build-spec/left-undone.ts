/** What of a CodeBuild project has no meaning on this machine, or cannot be had. */
import type { BuildPhase, PartialBuildSpec } from '@cdkpipe/core';
import type { BuildCommands, BuildSetting } from '../contract/renderer.ts';
import { readSecretReference } from './spec-variables.ts';

/** Settings of a machine that is not this one. */
export const unusedSettings: readonly BuildSetting[] = [
  'image',
  'computeType',
  'privileged',
  'cache',
  'vpc',
  'fileSystems',
  'logging',
  'rolePolicy',
];

/** Names of what an author has asked for and does not get, as the definition spells them. */
export function leftUndone(work: BuildCommands): string[] {
  return [
    ...unusedSettings.filter((name) => isAskedFor(work[name])),
    ...undoneOfSpec(work.buildSpec ?? {}).map((name) => `buildSpec.${name}`),
  ];
}

function undoneOfSpec(spec: PartialBuildSpec): string[] {
  const { env = {}, phases = {} } = spec;
  const versions = Object.entries(env['secrets-manager'] ?? {}).filter(([, reference]) => {
    const { stage, version } = readSecretReference(reference);
    return stage !== undefined || version !== undefined;
  });
  return [
    ...(['run-as', 'proxy', 'reports', 'artifacts', 'cache'] as const).filter((name) => isAskedFor(spec[name])),
    ...(env['git-credential-helper'] === 'yes' ? ['env.git-credential-helper'] : []),
    ...versions.map(([name]) => `env.secrets-manager.${name} (its version)`),
    ...Object.entries(phases).flatMap(([phase, part]) => undoneOfPhase(part).map((name) => `phases.${phase}.${name}`)),
  ];
}

function undoneOfPhase(phase: BuildPhase = {}): string[] {
  const retry = phase['on-failure']?.startsWith('RETRY') ? ['on-failure: RETRY'] : [];
  return [...(['run-as', 'runtime-versions'] as const).filter((name) => isAskedFor(phase[name])), ...retry];
}

function isAskedFor(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}
