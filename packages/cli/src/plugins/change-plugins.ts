/** Brings plugins into a project, or newer versions of them: all that was asked for, or nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@cdkpipe/core';
import { protocolOf } from '@cdkpipe/core';
import { formatPluginLock, type LinkedPlugin, type LockEntry, pluginLockFile } from '@cdkpipe/core/host';
import { findInstalledPlugins } from '../installed/installed-plugins.ts';
import { managers } from '../package-manager/command-lines.ts';
import { runManager } from '../package-manager/run-manager.ts';
import { checkInstalled, type InstallationContext } from './check-installed.ts';
import type { Examination } from './examine-plugin.ts';
import { listInDefinition } from './list-in-definition.ts';
import { orRestored } from './or-restored.ts';
import { dependencyKindOf, lockEntryOf, type PluginProject } from './plugin-project.ts';
import { type StepObserver, stepOf } from './steps.ts';

export interface ChangeRequest extends InstallationContext {
  readonly project: PluginProject;
  readonly examined: readonly Examination[];
  /** Whether they are added to `plugins` in the definition. */
  readonly list: boolean;
  readonly observe: StepObserver;
}

export interface ChangeReport {
  /** Plugins that the project had before, and that now have an entry in the lock, too. */
  readonly alsoLocked: readonly string[];
  /** What the author has to write into the definition, where it could not be edited. */
  readonly byHand: readonly string[];
  readonly warnings: readonly Problem[];
}

/**
 * package.json, lock files and definition are as before when anything fails, also when the process is ended.
 *
 * @throws CdkpipeError (`source: 'user'`) when the package manager fails or installs something else; (`source:
 *   'plugin'`) when a plugin cannot be loaded or is not what its package.json says
 */
export async function changePlugins(request: ChangeRequest): Promise<ChangeReport> {
  const { project, examined, observe, signal } = request;
  const { directory, manager } = project.package;
  return orRestored(project, signal, async () => {
    await stepOf(observe, 'install', async () => {
      for (const { spec, candidate } of examined)
        await runManager(
          managers[manager].add(spec, candidate.name, dependencyKindOf(project, candidate.name)),
          directory,
          signal,
        );
      return { result: undefined, summary: `with ${manager}, install scripts off` };
    });
    await stepOf(observe, 'load', async () => {
      for (const one of examined) await checkInstalled(one, project, request);
      return { result: undefined, summary: 'what was installed is what was checked' };
    });
    signal.throwIfAborted();
    return stepOf(observe, 'write', async () => ({ result: writeDown(request), summary: pluginLockFile }));
  });
}

/** Writes the definition and the lock. */
function writeDown({ project, examined, list }: ChangeRequest): ChangeReport {
  const edits = list ? examined.map((one) => listInDefinition(project, one.candidate, one.manifest.kinds)) : [];
  const alsoLocked = writeLock(project, new Map(examined.map(({ candidate }) => [candidate.name, candidate.source])));
  return {
    alsoLocked,
    byHand: edits.flatMap(({ byHand }) => byHand),
    warnings: [...examined.flatMap(({ warnings }) => warnings), ...edits.flatMap(({ warnings }) => warnings)],
  };
}

/**
 * Locks the plugins named, and those that have no entry yet. Others keep theirs, so that their drift stays visible.
 *
 * @param changed sources of the plugins to lock anew, by name; undefined for those of a registry
 * @param linked directories of those that are linked, relative to that of the definition, by name
 * @returns names of those that had no entry
 */
export function writeLock(
  project: PluginProject,
  changed: ReadonlyMap<string, string | undefined>,
  linked: ReadonlyMap<string, string> = new Map(),
): string[] {
  const installed = findInstalledPlugins(project.directory, project.package.directory);
  const written = installed.filter(({ name }) => changed.has(name) || !(name in project.lock));
  const entries = written.map((plugin): [string, LockEntry] => [
    plugin.name,
    linkedEntry(linked.get(plugin.name), protocolOf(plugin.manifest.api)) ??
      lockEntryOf(project, plugin, changed.get(plugin.name)),
  ]);
  const lock = { ...project.lock, ...Object.fromEntries(entries) };
  writeFileSync(join(project.directory, pluginLockFile), formatPluginLock(lock));
  return written.map(({ name }) => name).filter((name) => !changed.has(name));
}

function linkedEntry(linked: string | undefined, api: number): LinkedPlugin | undefined {
  return linked === undefined ? undefined : { linked, api };
}
