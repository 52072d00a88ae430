/** The program of a child process: loads a plugin that was just installed, and its commands, and answers what it is. */
import { checkAgainstManifest, isCdkpipeError, pluginFailed } from '@cdkpipe/core';
import { findPackage, guardingProcess, readPlugins } from '@cdkpipe/core/host';
import { commandsNotLoaded } from '../problems/plugin-problems.ts';
import { loadCommandsOf } from '../project-commands/load-commands.ts';
import type { LoadAnswer, LoadQuestion } from './load-question.ts';

const { name, version, manifest, file, from, hasCommands, limitMs } = JSON.parse(
  process.argv[2] ?? '{}',
) as LoadQuestion;

async function answered(): Promise<LoadAnswer> {
  try {
    // The process that asks has the shorter limit, as it can also end what never yields.
    // Nobody has written its options yet.
    const [read] = await guardingProcess(undefined, () => readPlugins([name], file, { timeoutMs: 2 * limitMs }));
    if (!read) return { problems: [] };
    const { plugin } = read;
    const differences = checkAgainstManifest({ ...plugin, name, version }, manifest);
    return { plugin: { name: plugin.name, differences, commands: await commandIDs() } };
  } catch (error) {
    if (isCdkpipeError(error)) return { problems: error.problems };
    throw error;
  }
}

async function commandIDs(): Promise<string[]> {
  const installed = findPackage(name, from);
  if (!hasCommands || !installed) return [];
  try {
    return (await loadCommandsOf(name, installed.directory)).commandIDs;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw pluginFailed([commandsNotLoaded({ name, version }, reason)]);
  }
}

const answer = await answered();
// Something that the plugin left running would keep the process alive.
process.send?.(answer, () => process.exit(0));
