/** A project whose plugins are looked at or changed: its definition, its package, its lock, the plugins it has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PackageDescription, type PluginManifest, readPluginManifest } from '@cdkpipe/core';
import {
  findLockedIntegrity,
  findPackage,
  findPluginLock,
  findProject,
  type LockedPackage,
  type PluginLock,
  pluginLockFile,
} from '@cdkpipe/core/host';
import type { DependencyKind } from '../package-manager/command-lines.ts';
import { detectManager, type ProjectPackage } from '../package-manager/detect-manager.ts';

export interface PluginProject {
  /** The definition's file. */
  readonly file: string;
  /** Directory of the definition, and of `cdkpipe.lock.json`. */
  readonly directory: string;
  readonly package: ProjectPackage;
  readonly lock: PluginLock;
}

/** A plugin that the project has in its package.json and in `node_modules`. */
export interface InstalledPlugin {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  readonly manifest: PluginManifest;
  readonly description: PackageDescription;
}

/** @throws CdkpipeError (`source: 'user'`) when there is no definition, no package, or a lock that cannot be read */
export async function openPluginProject(cwd: string, configPath: string | undefined): Promise<PluginProject> {
  const { file, directory } = await findProject(cwd, configPath);
  return { file, directory, package: await detectManager(directory), lock: findPluginLock(directory) ?? {} };
}

export function findInstalledPlugins(directory: string, packageDirectory: string): InstalledPlugin[] {
  return Object.keys(dependenciesOf(packageDirectory)).flatMap((name) => {
    const found = findPackage(name, directory);
    const manifest = found && readPluginManifest(found.description);
    if (!manifest || !('api' in manifest)) return [];
    return [{ name, version: String(found.description.version), manifest, ...found }];
  });
}

/** The plugin that the package itself is: its author tries it where it is made. */
export function findOwnPlugin(directory: string): InstalledPlugin | undefined {
  const description = readPackage(directory);
  const manifest = readPluginManifest(description);
  if (!('api' in manifest)) return undefined;
  return { name: String(description.name), version: String(description.version), directory, manifest, description };
}

/** Under which key of package.json a dependency stands; plugins are there for the build, so `devDependencies` if new. */
export function dependencyKindOf({ package: { directory } }: PluginProject, name: string): DependencyKind {
  return dependenciesOf(directory)[name] ?? 'devDependencies';
}

export function isDependency({ package: { directory } }: PluginProject, name: string): boolean {
  return name in dependenciesOf(directory);
}

function dependenciesOf(directory: string): Record<string, DependencyKind> {
  const content = readPackage(directory);
  const of = (kind: DependencyKind) => Object.keys(content[kind] ?? {}).map((name) => [name, kind] as const);
  return Object.fromEntries([...of('devDependencies'), ...of('dependencies')]);
}

function readPackage(directory: string): PackageDescription & Partial<Record<DependencyKind, object>> {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
}

/** What the lock should say of a plugin that is installed now. */
export function lockEntryOf({ directory }: PluginProject, plugin: InstalledPlugin, source?: string): LockedPackage {
  const { name, version, manifest } = plugin;
  return { version, integrity: findLockedIntegrity(directory, name, version), source, api: manifest.api };
}

/** Every file that installing and uninstalling may change. */
export function filesAtStake({ file, directory, package: { directory: own, root } }: PluginProject): string[] {
  const ofManagers = [
    'package.json',
    'package-lock.json',
    'npm-shrinkwrap.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'yarn.lock',
    '.yarnrc.yml',
    '.pnp.cjs',
  ];
  return [
    file,
    join(directory, pluginLockFile),
    ...[own, root].flatMap((at) => ofManagers.map((name) => join(at, name))),
  ];
}
