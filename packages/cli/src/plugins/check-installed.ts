/** Checks what a package manager has installed against what was looked at before, and loads it for the first time. */
import { checkAgainstManifest, type Problem, pluginFailed, refuseIfAny } from '@cdkpipe/core';
import { findLockedIntegrity, findPackage, loadPlugins } from '@cdkpipe/core/host';
import { commandTaken, installedDiffers, loadTimedOut, nameDiffers } from '../problems/plugin-problems.ts';
import { loadCommandsOf } from '../project-commands/load-commands.ts';
import { readInstalledTree } from './check-tree.ts';
import { commandsBeside, type Examination } from './examine-plugin.ts';
import { judgeTree } from './judge-tree.ts';
import type { PluginProject } from './plugin-project.ts';

/** How long a plugin may take to load. */
const limitSeconds = 30;

export async function checkInstalled(
  { candidate, manifest, hasCommands, treeContext }: Examination,
  project: PluginProject,
  { ownCommands, signal }: { readonly ownCommands: readonly string[]; readonly signal: AbortSignal },
): Promise<void> {
  const { name, version, integrity, source } = candidate;
  const installed = findPackage(name, project.directory);
  const foundVersion = String(installed?.description.version ?? 'missing');
  const foundIntegrity = findLockedIntegrity(project.directory, name, version);
  refuseIfAny([
    ...differs('version', version, foundVersion),
    // yarn 2 has a checksum of its own, which cannot be compared; a git commit or a directory has none.
    ...(source === undefined && foundIntegrity?.startsWith('sha')
      ? differs('integrity', integrity, foundIntegrity)
      : []),
  ]);
  // Registries may say less than is in a tarball; nothing of it has run so far.
  const tree = readInstalledTree(name, project.directory);
  refuseIfAny(judgeTree(candidate, tree, { ...treeContext, commands: commandsBeside(name, project) }));
  function differs(what: string, wanted: string, found: string): Problem[] {
    return wanted === found ? [] : [installedDiffers(candidate, what, wanted, found)];
  }

  const [plugin] = await withinLimit(loadPlugins([name], project.file), candidate, signal);
  if (!plugin) return;
  const commands = hasCommands && installed ? (await loadCommandsOf(name, installed.directory)).commandIDs : [];
  const taken = commands.filter((command) => ownCommands.includes(command));
  const problems = [
    ...(plugin.name === name ? [] : [nameDiffers(candidate, plugin.name)]),
    ...checkAgainstManifest({ ...plugin, name, version }, manifest),
    ...(taken.length > 0 ? [commandTaken(candidate, taken)] : []),
  ];
  if (problems.length > 0) throw pluginFailed(problems);
}

/** Nobody can stop code that loads; we stop waiting for it. */
async function withinLimit<T>(work: Promise<T>, candidate: Examination['candidate'], signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let interrupt: () => void = () => {};
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(pluginFailed([loadTimedOut(candidate, limitSeconds)])), limitSeconds * 1000);
    interrupt = () => reject(signal.reason);
    signal.addEventListener('abort', interrupt);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', interrupt);
  }
}
