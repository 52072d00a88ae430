/** Brings plugins into a project, or newer versions of them: all that was asked for, or nothing. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isCdkpipeError, type Problem, pluginFailed, refused } from '@cdkpipe/core';
import { formatPluginLock, type LockEntry, pluginLockFile } from '@cdkpipe/core/host';
import { addPluginTo } from '../definition-edit/edit-definition.ts';
import { findInstalledPlugins } from '../installed/installed-plugins.ts';
import { managers } from '../package-manager/command-lines.ts';
import { runManager } from '../package-manager/run-manager.ts';
import { definitionKept, modulesNotRestored } from '../problems/plugin-problems.ts';
import { checkInstalled, type InstallationContext } from './check-installed.ts';
import type { Examination } from './examine-plugin.ts';
import { keepFiles, orAsBefore } from './kept-files.ts';
import { dependencyKindOf, filesAtStake, lockEntryOf, type PluginProject } from './plugin-project.ts';
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
  const had = keepModules(project);
  try {
    return await orAsBefore(filesAtStake(project), async () => {
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
  } catch (error) {
    if (signal.aborted) throw error;
    throw withProblems(error, await restoreModules(project, had));
  }
}

/** Writes the definition and the lock. */
function writeDown({ project, examined, list }: ChangeRequest): ChangeReport {
  const edits = list ? examined.map((one) => listInDefinition(project, one)) : [];
  const alsoLocked = writeLock(project, new Map(examined.map(({ candidate }) => [candidate.name, candidate.source])));
  return {
    alsoLocked,
    byHand: edits.flatMap(({ byHand }) => byHand),
    warnings: [...examined.flatMap(({ warnings }) => warnings), ...edits.flatMap(({ warnings }) => warnings)],
  };
}

function listInDefinition({ file }: PluginProject, { candidate: plugin, manifest }: Examination) {
  const edited = addPluginTo(file, readFileSync(file, 'utf8'), plugin.name, manifest.kinds);
  if ('text' in edited) {
    writeFileSync(file, edited.text);
    return { byHand: [], warnings: [] };
  }
  return { byHand: edited.byHand, warnings: [definitionKept(plugin, edited.reason)] };
}

/**
 * Locks the plugins named, and those that have no entry yet. Others keep theirs, so that their drift stays visible.
 *
 * @param changed sources of the plugins to lock anew, by name; undefined for those of a registry
 * @returns names of those that had no entry
 */
export function writeLock(project: PluginProject, changed: ReadonlyMap<string, string | undefined>): string[] {
  const installed = findInstalledPlugins(project.directory, project.package.directory);
  const written = installed.filter(({ name }) => changed.has(name) || !(name in project.lock));
  const entries = written.map((plugin): [string, LockEntry] => [
    plugin.name,
    lockEntryOf(project, plugin, changed.get(plugin.name)),
  ]);
  const lock = { ...project.lock, ...Object.fromEntries(entries) };
  writeFileSync(join(project.directory, pluginLockFile), formatPluginLock(lock));
  return written.map(({ name }) => name).filter((name) => !changed.has(name));
}

/** Which directories of packages there are: a member of a workspace has its packages in that of the root. */
function keepModules({ package: { directory, root } }: PluginProject) {
  const all = [...new Set([directory, root])].map((at) => join(at, 'node_modules'));
  const missing = all.filter((at) => !existsSync(at));
  return { missing, isEmpty: missing.length === all.length };
}

/** Makes `node_modules` what it was, after the lock file is; @returns what is wrong where that fails */
async function restoreModules(project: PluginProject, had: ReturnType<typeof keepModules>): Promise<Problem[]> {
  const { directory, manager } = project.package;
  // It may write lock files as well; what it writes is not what the author had.
  const kept = keepFiles(filesAtStake(project));
  try {
    if (!had.isEmpty) await runManager(managers[manager].restore(), directory, new AbortController().signal);
    for (const missing of had.missing) await rm(missing, { recursive: true, force: true });
    return [];
  } catch (error) {
    const [reason] = isCdkpipeError(error) ? error.problems.map(({ message }) => message) : [String(error)];
    return [modulesNotRestored(reason?.split('\n')[0] ?? '')];
  } finally {
    kept.restore();
  }
}

function withProblems(error: unknown, more: readonly Problem[]): unknown {
  if (more.length === 0 || !isCdkpipeError(error)) return error;
  const failed = error.source === 'plugin' ? pluginFailed : refused;
  return failed([...error.problems, ...more], { cause: error });
}
