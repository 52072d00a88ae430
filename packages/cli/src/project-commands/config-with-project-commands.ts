/**
 * Adds the commands of the project's plugins to ours, and those of the project itself where it is a plugin; only read
 * where a command is not ours, or help is asked for.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackage } from '@cdkpipe/core/find-package';
import { Config, type Plugin } from '@oclif/core/config';
import { dependenciesOf, readPackage } from '../installed/dependencies-of.ts';
import { listCommandsOf } from '../registry/list-commands.ts';
import { printLine } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';
import { listedPlugin } from './listed-plugin.ts';
import { loadCommandsOf } from './load-commands.ts';

/**
 * The code of a plugin runs only where one of its commands was typed: asking for help, or a slip of the keyboard, runs
 * nothing of the directory it happens in.
 *
 * @param root URL of the file that runs the command
 * @param typed what was typed first, such as `report:last` or `--help`
 */
export async function configWithProjectCommands(root: string, typed: string): Promise<Config> {
  const config = await Config.load({ root: fileURLToPath(root) });
  const taken = new Set(config.commandIDs);
  const plugins = new Map(config.plugins);
  for (const { name, directory, description } of await pluginsWithCommands()) {
    const ids = listCommandsOf(directory, description).filter((id) => !taken.has(id));
    for (const id of ids) taken.add(id);
    const plugin = ids.includes(typed) ? await loaded(name, directory, ids) : listedPlugin(name, directory, ids);
    if (plugin) plugins.set(name, plugin);
  }
  if (plugins.size === config.plugins.size) return config;
  return Config.load({ root: config.root, plugins });
}

async function loaded(name: string, directory: string, ids: readonly string[]): Promise<Plugin | undefined> {
  try {
    const plugin = await loadCommandsOf(name, directory);
    plugin.commands = plugin.commands.filter(({ id }) => ids.includes(id));
    return plugin;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    printLine(process.stderr, printable`! the commands of ${name} could not be read: ${reason ?? ''}`);
    return undefined;
  }
}

/** What judges a manifest is loaded only where a package has commands at all. */
async function pluginsWithCommands() {
  const directory = projectDirectory(process.cwd());
  if (directory === undefined) return [];
  const isOne = bringsCommands(readPackage(directory));
  const hasOne = () =>
    Object.keys(dependenciesOf(directory)).some((name) => bringsCommands(findPackage(name, directory)?.description));
  if (!isOne && !hasOne()) return [];
  const { findInstalledPlugins, findOwnPlugin } = await import('../installed/installed-plugins.ts');
  const own = isOne ? findOwnPlugin(directory) : undefined;
  const plugins = [...(own ? [own] : []), ...findInstalledPlugins(directory, directory)];
  return plugins.filter(({ description }) => 'oclif' in description);
}

/** `manifestKey` says the second name too, but its module would bring the schema of manifests along. */
function bringsCommands(description: object = {}): boolean {
  return 'oclif' in description && 'cdkpipePlugin' in description;
}

function projectDirectory(from: string): string | undefined {
  if (existsSync(join(from, 'package.json'))) return from;
  return dirname(from) === from ? undefined : projectDirectory(dirname(from));
}
