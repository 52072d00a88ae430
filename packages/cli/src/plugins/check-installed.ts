/** Checks what a package manager has installed against what was looked at before, and has it loaded for the first time. */
import { type Problem, pluginFailed, refuseIfAny } from '@cdkpipe/core';
import { findLockedIntegrity, findPackage } from '@cdkpipe/core/host';
import { commandTaken, installedDiffers, nameDiffers } from '../problems/plugin-problems.ts';
import { readInstalledTree } from './check-tree.ts';
import { commandsBeside, type Examination } from './examine-plugin.ts';
import { judgeTree } from './judge-tree.ts';
import { loadInChild } from './load-in-child.ts';
import type { PluginProject } from './plugin-project.ts';

export interface InstallationContext {
  /** Commands of cdkpipe, which no plugin may bring again. */
  readonly ownCommands: readonly string[];
  /** How long a plugin may take to load, in milliseconds. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

export async function checkInstalled(
  { candidate, manifest, hasCommands, treeContext, present }: Examination,
  project: PluginProject,
  { ownCommands, limitMs, signal }: InstallationContext,
): Promise<void> {
  const { name, version, integrity, source } = candidate;
  const installed = findPackage(name, project.directory);
  const foundVersion = String(installed?.description.version ?? 'missing');
  const foundIntegrity = findLockedIntegrity(project.directory, name, version);
  refuseIfAny([
    ...differs('version', version, foundVersion),
    // yarn 2 has a checksum of its own, which cannot be compared; a git commit has none.
    ...(source === undefined && foundIntegrity?.startsWith('sha')
      ? differs('integrity', integrity, foundIntegrity)
      : []),
  ]);
  // Registries may say less than is in a tarball; nothing of it has run so far.
  const tree = readInstalledTree(name, project.directory, present);
  refuseIfAny(judgeTree(candidate, tree, { ...treeContext, commands: commandsBeside(name, project) }));
  function differs(what: string, wanted: string, found: string): Problem[] {
    return wanted === found ? [] : [installedDiffers(candidate, what, wanted, found)];
  }

  const { file, directory: from } = project;
  const plugin = await loadInChild({ name, version, manifest, file, from, hasCommands, limitMs }, signal);
  const taken = plugin.commands.filter((command) => ownCommands.includes(command));
  const problems = [
    ...(plugin.name === name ? [] : [nameDiffers(candidate, plugin.name)]),
    ...plugin.differences,
    ...(taken.length > 0 ? [commandTaken(candidate, taken)] : []),
  ];
  if (problems.length > 0) throw pluginFailed(problems);
}
