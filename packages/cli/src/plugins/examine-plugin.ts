/** Looks at a plugin before it is installed: everything that is known, and everything that speaks against it. */
import { manifestOf, type PluginManifest, type Problem, refused, refuseIfAny, unreachable } from '@cdkpipe/core';
import { findPackage } from '@cdkpipe/core/host';
import { loadBuiltIns } from '../backends/built-in-backends.ts';
import { findInstalledPlugins } from '../installed/installed-plugins.ts';
import { presentPackages } from '../installed/present-packages.ts';
import { installsPeers } from '../package-manager/installs-peers.ts';
import { deprecated, nameNearMiss } from '../problems/plugin-problems.ts';
import type { Candidate } from '../registry/candidate.ts';
import { listCommandsOf } from '../registry/list-commands.ts';
import { readNpmSettings } from '../registry/npm-settings.ts';
import { type PackageSpec, readPackageSpec } from '../registry/package-spec.ts';
import { readCandidate } from '../registry/read-candidate.ts';
import { type PackageTree, readTree } from '../registry/read-tree.ts';
import { wordRegistryFault } from '../registry/word-fault.ts';
import { judgeCandidate } from './judge-candidate.ts';
import { type Holder, judgeTaken } from './judge-taken.ts';
import { judgeTree, type TreeContext } from './judge-tree.ts';
import { knownCommands } from './known-commands.ts';
import { findMistaken, wellKnown } from './near-miss.ts';
import type { PluginProject } from './plugin-project.ts';

export interface Examination {
  readonly candidate: Candidate;
  readonly manifest: PluginManifest;
  /** Everything that comes in with it, as the registry says. */
  readonly tree: PackageTree;
  /** By what the tree was judged, and is again once it is on the disk. */
  readonly treeContext: TreeContext;
  /** Versions of the packages that the project has before it is installed, by name. */
  readonly present: ReadonlyMap<string, string>;
  /** What package managers are told to install. */
  readonly spec: string;
  /** Whether it brings commands for `cdkpipe`. */
  readonly hasCommands: boolean;
  /** What the version that is installed brings, where one is. */
  readonly before?: PluginManifest & { readonly commands: readonly string[] };
  readonly warnings: readonly Problem[];
}

export interface ExaminationRequest {
  readonly project: PluginProject;
  /** Whether it may come from elsewhere than a registry. */
  readonly allow: boolean;
  readonly signal: AbortSignal;
  /** Version of the `@cdkpipe/core` that came with the command, for a project that has none. */
  readonly coreVersion: string;
  /** Commands of cdkpipe, which no plugin may bring again. */
  readonly ownCommands: readonly string[];
}

/** @throws CdkpipeError (`source: 'user'`) with everything that speaks against the plugin */
export async function examinePlugin(text: string, request: ExaminationRequest): Promise<Examination> {
  const { project, allow, signal, coreVersion, ownCommands } = request;
  const spec = readPackageSpec(text, process.cwd(), allow);
  if ('code' in spec) throw refused([spec]);
  if (spec.name !== undefined) refuseNearMiss(spec.name, project);

  const { directory, root } = project.package;
  const settings = await readNpmSettings(directory, root, signal);
  const candidate = await readCandidate(spec, settings);
  refuseNearMiss(candidate.name, project);
  const core = findPackage('@cdkpipe/core', project.directory)?.description.version;
  const { problems, manifest } = judgeCandidate(candidate, {
    node: process.versions.node,
    core: typeof core === 'string' ? core : coreVersion,
  });
  // Nothing more is asked for a plugin that may not come in anyway.
  refuseIfAny(problems);
  if (!manifest) unreachable('a plugin without a manifest was let in');
  const installed = holdersIn(project);
  const others = installed.filter((plugin) => plugin.name !== candidate.name);
  refuseIfAny(judgeTaken(candidate, manifest, [...(await ownHolders(ownCommands)), ...others]));
  const present = presentPackages(project.directory);
  const tree = await readTree(candidate.content, settings, {
    installsPeers: installsPeers(project.package, settings),
    // Package managers do not look above the directory of their lock file.
    present: presentPackages(project.directory, root),
  }).catch((error: unknown) => {
    throw wordRegistryFault(error, `a dependency of ${candidate.name}`, registryOf(settings));
  });
  const treeContext = { allow, known: knownIn(present), commands: commandsBeside(candidate.name, project) };
  refuseIfAny(judgeTree(candidate, tree, treeContext));
  const before = installed.find((plugin) => plugin.name === candidate.name);
  return {
    candidate,
    manifest,
    tree,
    treeContext,
    present,
    spec: exactSpec(spec, candidate),
    hasCommands: candidate.content.oclif !== undefined,
    ...(before && { before: { ...before.manifest, commands: before.commands } }),
    warnings: candidate.deprecated === undefined ? [] : [deprecated(candidate, candidate.deprecated)],
  };
}

/** Plugins of the project; one that lives in the definition itself is not known without running that. */
function holdersIn({ directory, package: own }: PluginProject): (Holder & { readonly manifest: PluginManifest })[] {
  return findInstalledPlugins(directory, own.directory).map((plugin) => ({
    name: plugin.name,
    manifest: plugin.manifest,
    commands: listCommandsOf(plugin.directory, plugin.description),
  }));
}

async function ownHolders(commands: readonly string[]): Promise<Holder[]> {
  const builtIns = await loadBuiltIns();
  const nothing = { kinds: [], backends: [], renderers: [], rules: [] };
  return [
    { name: 'cdkpipe', manifest: nothing, commands },
    ...builtIns.map((plugin) => ({ name: plugin.name, manifest: manifestOf(plugin), commands: [] })),
  ];
}

/** What an earlier version of the plugin has linked is its own. */
export function commandsBeside(name: string, { package: { directory, root } }: PluginProject): Map<string, string> {
  return new Map([...knownCommands(directory, root)].filter(([, owner]) => owner !== name));
}

function knownIn(present: ReadonlyMap<string, string>): Set<string> {
  return new Set([...present].map(([name, version]) => `${name}@${version}`));
}

export function registryOf({ registry }: Readonly<Record<string, unknown>>): string {
  return URL.canParse(String(registry)) ? new URL(String(registry)).host : 'the registry';
}

/** A name that is in use here was chosen already, and is itself one that others may be mistaken for. */
function refuseNearMiss(name: string, { lock }: PluginProject): void {
  const known = findMistaken(name, [...wellKnown, ...Object.keys(lock)]);
  if (known !== undefined) throw refused([nameNearMiss(name, known)]);
}

function exactSpec(spec: PackageSpec, { name, version, source }: Candidate): string {
  return spec.isFromRegistry ? `${name}@${version}` : (source ?? spec.text);
}
