/** Takes plugins out of a project: out of the definition, package.json and both lock files. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Problem, refuseIfAny, suggest } from '@cdkpipe/core';
import { formatPluginLock, pluginLockFile } from '@cdkpipe/core/host';
import { removePluginFrom, usesOfPlugin } from '../definition-edit/edit-definition.ts';
import { linesWithKind } from '../definition-edit/steps-of-kind.ts';
import { findInstalledPlugins } from '../installed/installed-plugins.ts';
import { managers } from '../package-manager/command-lines.ts';
import { runManager } from '../package-manager/run-manager.ts';
import { definitionKept, kindInUse, pluginInUse, pluginNotInstalled } from '../problems/plugin-problems.ts';
import { orAsBefore } from './kept-files.ts';
import { filesAtStake, isDependency, type PluginProject } from './plugin-project.ts';
import { type StepObserver, stepOf } from './steps.ts';

export interface UninstallRequest {
  readonly project: PluginProject;
  readonly names: readonly string[];
  readonly signal: AbortSignal;
  readonly observe: StepObserver;
}

export interface UninstallReport {
  readonly byHand: readonly string[];
  readonly warnings: readonly Problem[];
}

/**
 * @throws CdkpipeError (`source: 'user'`) for plugins that the project does not have, or that the definition still
 *   uses; everything is as before then
 */
export async function uninstallPlugins(request: UninstallRequest): Promise<UninstallReport> {
  const { project, names, signal, observe } = request;
  refuseIfAny(names.flatMap((name) => [...unknown(project, name), ...inUse(project, name)]));
  const kinds = kindsOf(project, names);
  return orAsBefore(filesAtStake(project), async () => {
    const edits = names.map((name) => removeFromDefinition(project, name));
    await stepOf(observe, 'uninstall', async () => {
      const { manager, directory } = project.package;
      for (const name of names.filter((one) => isDependency(project, one)))
        await runManager(managers[manager].remove(name), directory, signal);
      return { result: undefined, summary: `with ${manager}` };
    });
    await stepOf(observe, 'write', async () => ({ result: unlock(project, names), summary: pluginLockFile }));
    return {
      byHand: edits.flatMap(({ byHand }) => byHand),
      warnings: [...edits.flatMap(({ warnings }) => warnings), ...stepsLeft(project, kinds)],
    };
  });
}

function unknown(project: PluginProject, name: string): Problem[] {
  const installed = findInstalledPlugins(project.directory, project.package.directory).map((plugin) => plugin.name);
  const known = [...new Set([...installed, ...Object.keys(project.lock)])];
  // A package that is broken or gone from node_modules can still be taken out.
  return known.includes(name) ? [] : [pluginNotInstalled(name, suggest(name, known))];
}

function inUse({ file }: PluginProject, name: string): Problem[] {
  const lines = usesOfPlugin(file, readFileSync(file, 'utf8'), name);
  return lines.length > 0 ? [pluginInUse(name, basename(file), lines)] : [];
}

type KindsOfPlugins = readonly { readonly name: string; readonly kinds: readonly string[] }[];

function kindsOf({ directory, package: own }: PluginProject, names: readonly string[]): KindsOfPlugins {
  return findInstalledPlugins(directory, own.directory)
    .filter(({ name }) => names.includes(name))
    .map(({ name, manifest: { kinds } }) => ({ name, kinds }));
}

/** Steps that name a kind by a string load without the plugin, and are refused later. */
function stepsLeft({ file }: PluginProject, plugins: KindsOfPlugins): Problem[] {
  const text = readFileSync(file, 'utf8');
  return plugins.flatMap(({ name, kinds }) => {
    const lines = linesWithKind(text, kinds);
    return lines.length > 0 ? [kindInUse({ name }, kinds, basename(file), lines)] : [];
  });
}

function removeFromDefinition({ file }: PluginProject, name: string): UninstallReport {
  const edited = removePluginFrom(file, readFileSync(file, 'utf8'), name);
  if ('text' in edited) {
    writeFileSync(file, edited.text);
    return { byHand: [], warnings: [] };
  }
  return { byHand: edited.byHand, warnings: [definitionKept({ name }, edited.reason)] };
}

function unlock({ directory, lock }: PluginProject, names: readonly string[]): void {
  const left = Object.entries(lock).filter(([name]) => !names.includes(name));
  const file = join(directory, pluginLockFile);
  if (left.length > 0) writeFileSync(file, formatPluginLock(Object.fromEntries(left)));
  else rmSync(file, { force: true });
}
