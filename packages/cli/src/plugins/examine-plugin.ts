/** Looks at a plugin before it is installed: everything that is known, and everything that speaks against it. */
import { type PluginManifest, type Problem, refused, refuseIfAny, unreachable } from '@cdkpipe/core';
import { findPackage } from '@cdkpipe/core/host';
import type { Candidate } from '../registry/candidate.ts';
import { readNpmSettings } from '../registry/npm-settings.ts';
import { type PackageSpec, readPackageSpec } from '../registry/package-spec.ts';
import { readCandidate } from '../registry/read-candidate.ts';
import { judgeCandidate } from './judge-candidate.ts';
import { findMistaken, wellKnown } from './near-miss.ts';
import type { PluginProject } from './plugin-project.ts';
import { deprecated, nameNearMiss } from './problems.ts';

export interface Examination {
  readonly candidate: Candidate;
  readonly manifest: PluginManifest;
  /** What package managers are told to install. */
  readonly spec: string;
  /** Whether it brings commands for `cdkpipe`. */
  readonly hasCommands: boolean;
  readonly warnings: readonly Problem[];
}

export interface ExaminationRequest {
  readonly project: PluginProject;
  /** Whether it may come from elsewhere than a registry. */
  readonly allow: boolean;
  readonly signal: AbortSignal;
  /** Version of the `@cdkpipe/core` that came with the command, for a project that has none. */
  readonly coreVersion: string;
}

/** @throws CdkpipeError (`source: 'user'`) with everything that speaks against the plugin */
export async function examinePlugin(text: string, request: ExaminationRequest): Promise<Examination> {
  const { project, allow, signal, coreVersion } = request;
  const spec = readPackageSpec(text, process.cwd(), allow);
  if ('code' in spec) throw refused([spec]);
  if (spec.name !== undefined) refuseNearMiss(spec.name, project);

  const { directory, root } = project.package;
  const candidate = await readCandidate(spec, await readNpmSettings(directory, root, signal));
  refuseNearMiss(candidate.name, project);
  const core = findPackage('@cdkpipe/core', project.directory)?.description.version;
  const { problems, manifest } = judgeCandidate(candidate, {
    node: process.versions.node,
    core: typeof core === 'string' ? core : coreVersion,
  });
  refuseIfAny(problems);
  if (!manifest) unreachable('a plugin without a manifest was let in');
  return {
    candidate,
    manifest,
    spec: exactSpec(spec, candidate),
    hasCommands: candidate.content.oclif !== undefined,
    warnings: candidate.deprecated === undefined ? [] : [deprecated(candidate, candidate.deprecated)],
  };
}

/** A name that is in use here was chosen already, and is itself one that others may be mistaken for. */
function refuseNearMiss(name: string, { lock }: PluginProject): void {
  const known = findMistaken(name, [...wellKnown, ...Object.keys(lock)]);
  if (known !== undefined) throw refused([nameNearMiss(name, known)]);
}

function exactSpec(spec: PackageSpec, { name, version, source }: Candidate): string {
  return spec.isFromRegistry ? `${name}@${version}` : (source ?? spec.text);
}
