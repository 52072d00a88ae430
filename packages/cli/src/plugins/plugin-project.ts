/** A project whose plugins are looked at or changed: its definition, its package, its lock. */
import { join } from 'node:path';
import { protocolOf, withoutCredentials } from '@cdkpipe/core';
import {
  findLockedIntegrity,
  findPluginLock,
  findProject,
  type LockedPackage,
  type PluginLock,
  pluginLockFile,
} from '@cdkpipe/core/host';
import { dependenciesOf } from '../installed/dependencies-of.ts';
import type { InstalledPlugin } from '../installed/installed-plugins.ts';
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

/** @throws CdkpipeError (`source: 'user'`) when there is no definition, no package, or a lock that cannot be read */
export async function openPluginProject(cwd: string, configPath: string | undefined): Promise<PluginProject> {
  const { file, directory } = await findProject(cwd, configPath);
  return { file, directory, package: await detectManager(directory), lock: findPluginLock(directory) ?? {} };
}

/** Under which key of package.json a dependency stands; plugins are there for the build, so `devDependencies` if new. */
export function dependencyKindOf({ package: { directory } }: PluginProject, name: string): DependencyKind {
  return dependenciesOf(directory)[name] ?? 'devDependencies';
}

export function isDependency({ package: { directory } }: PluginProject, name: string): boolean {
  return name in dependenciesOf(directory);
}

/** What the lock should say of a plugin that is installed now. */
export function lockEntryOf({ directory }: PluginProject, plugin: InstalledPlugin, source?: string): LockedPackage {
  const { name, version, manifest } = plugin;
  return {
    version,
    integrity: findLockedIntegrity(directory, name, version),
    // The lock is committed.
    source: source === undefined ? undefined : withoutCredentials(source),
    api: protocolOf(manifest.api),
  };
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
