/** Changes the packages of a project, so that all is as before when that fails: files, and `node_modules`. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isCdkpipeError, type Problem, pluginFailed, refused } from '@cdkpipe/core';
import { managers } from '../package-manager/command-lines.ts';
import { runManager } from '../package-manager/run-manager.ts';
import { modulesNotRestored } from '../problems/plugin-problems.ts';
import { keepFiles, orAsBefore } from './kept-files.ts';
import { filesAtStake, type PluginProject } from './plugin-project.ts';

/**
 * @throws what `work` throws, with what is wrong where `node_modules` could not be restored; after an interruption that is left to the
 *   next install
 */
export async function orRestored<T>(project: PluginProject, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const had = keepModules(project);
  try {
    return await orAsBefore(filesAtStake(project), work);
  } catch (error) {
    if (signal.aborted) throw error;
    throw withProblems(error, await restoreModules(project, had));
  }
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
