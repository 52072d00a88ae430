/** Brings a plugin under development into a project, from the directory where it is written. */
import { readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import {
  type PackageDescription,
  type PluginManifest,
  type Problem,
  pluginApi,
  pluginFailed,
  readPluginManifest,
  refused,
  refuseIfAny,
} from '@cdkpipe/core';
import { managers } from '../package-manager/command-lines.ts';
import { runManager } from '../package-manager/run-manager.ts';
import { apiUnknown, commandTaken, linkNotAPackage, nameDiffers } from '../problems/plugin-problems.ts';
import { writeLock } from './change-plugins.ts';
import type { InstallationContext } from './check-installed.ts';
import { listInDefinition } from './list-in-definition.ts';
import { loadInChild } from './load-in-child.ts';
import { orRestored } from './or-restored.ts';
import { dependencyKindOf, type PluginProject } from './plugin-project.ts';
import { type StepObserver, stepOf } from './steps.ts';

export interface LinkRequest extends InstallationContext {
  readonly project: PluginProject;
  /** Absolute path of the plugin's package. */
  readonly directory: string;
  readonly observe: StepObserver;
}

export interface LinkReport {
  readonly name: string;
  readonly version: string;
  /** As the lock says it. */
  readonly linked: string;
  readonly manifest: PluginManifest;
  readonly alsoLocked: readonly string[];
  readonly byHand: readonly string[];
  readonly warnings: readonly Problem[];
}

/**
 * The plugin is code of the person who asks, so nothing of its package is judged but whether it is a plugin of this protocol that loads.
 * package.json, lock files and definition are as before when anything fails.
 *
 * @throws CdkpipeError (`source: 'user'`) for a directory that holds no plugin, and when the package manager fails; (`source:
 *   'plugin'`) when the plugin cannot be loaded or is not what its package.json says
 */
export async function linkPlugin(request: LinkRequest): Promise<LinkReport> {
  const { project, observe, signal, ownCommands, limitMs } = request;
  const { description, manifest } = readPlugin(request.directory);
  const [name, version] = [String(description.name), String(description.version)];
  const { directory: packageDirectory, manager } = project.package;
  const linked = pathFrom(project.directory, request.directory);
  return orRestored(project, signal, async () => {
    await stepOf(observe, 'install', async () => {
      const kind = dependencyKindOf(project, name);
      const line = managers[manager].link(pathFrom(packageDirectory, request.directory), name, kind);
      await runManager(line, packageDirectory, signal);
      return { result: undefined, summary: `linked with ${manager}` };
    });
    await stepOf(observe, 'load', async () => {
      const hasCommands = 'oclif' in description;
      const from = project.directory;
      const question = { name, version, manifest, file: project.file, from, hasCommands, limitMs };
      const plugin = await loadInChild(question, signal);
      const taken = plugin.commands.filter((command) => ownCommands.includes(command));
      const problems = [
        ...(plugin.name === name ? [] : [nameDiffers({ name, version }, plugin.name)]),
        ...plugin.differences,
        ...(taken.length > 0 ? [commandTaken({ name, version }, taken)] : []),
      ];
      if (problems.length > 0) throw pluginFailed(problems);
      return { result: undefined, summary: 'it is what its package.json says' };
    });
    signal.throwIfAborted();
    return stepOf(observe, 'write', async () => {
      const listing = listInDefinition(project, { name, version }, manifest.kinds);
      const alsoLocked = writeLock(project, new Map([[name, undefined]]), new Map([[name, linked]]));
      return { result: { name, version, linked, manifest, alsoLocked, ...listing }, summary: 'cdkpipe.lock.json' };
    });
  });
}

function readPlugin(directory: string): { description: PackageDescription; manifest: PluginManifest } {
  let description: PackageDescription;
  try {
    description = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as PackageDescription;
  } catch (error) {
    throw refused([linkNotAPackage(directory, error instanceof Error ? error.message : String(error))]);
  }
  const manifest = readPluginManifest(description);
  if (!('api' in manifest)) throw refused(manifest);
  const named = { name: String(description.name), version: String(description.version) };
  refuseIfAny(manifest.api === pluginApi ? [] : [apiUnknown(named, manifest.api)]);
  return { description, manifest };
}

/** With `/`, also on Windows. Real paths, as the package manager works from those. */
function pathFrom(from: string, to: string): string {
  const path = relative(realpathSync(from), realpathSync(to)).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}
