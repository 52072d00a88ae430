/** Finds the plugins that a definition lists: objects as they are, npm names from the project. */

import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from '../contracts/plugin.ts';
import { pluginApi, speaksProtocol } from '../contracts/protocol.ts';
import { defaultPluginTimeout, type PluginLimits } from '../contracts/registry.ts';
import * as words from '../errors/catalogue/plugins.ts';
import { isCdkpipeError, pluginFailed, refuseIfAny } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { configurePlugin, type GivenOptions } from './configure-plugin.ts';
import { findPackage } from './find-package.ts';
import { importUnderName } from './import-plugin.ts';
import { judgePlugin } from './judge-plugin.ts';
import { type ReadEntry, readPluginEntry } from './read-plugin-entry.ts';

/** A plugin that a definition lists, before it is given its options. */
export interface LoadedPlugin extends GivenOptions {
  readonly plugin: Plugin;
}

/**
 * Loads plugins, and gives each the options of its entry.
 *
 * @param file the definition's file, from which npm names are resolved
 * @throws CdkpipeError as {@link readPlugins} does; (`source: 'user'`) with every fault of the options
 */
export async function loadPlugins(
  listed: readonly unknown[],
  file: string,
  limits: PluginLimits = { timeoutMs: defaultPluginTimeout },
): Promise<Plugin[]> {
  const plugins: Plugin[] = [];
  const wrong: Problem[] = [];
  for (const { plugin, ...given } of await readPlugins(listed, file, limits)) {
    try {
      plugins.push(await configurePlugin(plugin, given, file, limits));
    } catch (error) {
      if (!isCdkpipeError(error) || error.source !== 'user') throw error;
      wrong.push(...error.problems);
    }
  }
  refuseIfAny(wrong);
  return plugins;
}

/**
 * Loads plugins and checks that each speaks our protocol, before any other code of it runs.
 *
 * @param file the definition's file, from which npm names are resolved
 * @throws CdkpipeError (`source: 'user'`) for plugins that are not installed or listed twice, and entries of another form;
 *   (`source: 'plugin'`) for what is no plugin, speaks another protocol or fails while it is loaded
 */
export async function readPlugins(
  listed: readonly unknown[],
  file: string,
  limits: PluginLimits = { timeoutMs: defaultPluginTimeout },
): Promise<LoadedPlugin[]> {
  const missing: Problem[] = [];
  const broken: Problem[] = [];
  const plugins: LoadedPlugin[] = [];
  for (const [index, listedEntry] of listed.entries()) {
    const entry = readEntry(listedEntry, `plugins[${index}]`, broken);
    if (!entry) continue;
    if ('code' in entry) {
      missing.push(entry);
      continue;
    }
    const { plugin: named, path, options, optionsPath } = entry;
    const before = missing.length;
    let loaded = named;
    try {
      if (typeof named === 'string') loaded = await importPlugin(named, path, file, limits, missing);
    } catch (error) {
      limits.signal?.throwIfAborted();
      broken.push(
        ...(isCdkpipeError(error)
          ? error.problems
          : [words.pluginNotLoaded(path, { name: String(named) }, describeThrown(error))]),
      );
      continue;
    }
    if (missing.length > before) continue;
    const plugin = readPlugin(loaded, path, typeof named === 'string' ? `"${named}"` : 'this', broken);
    if (plugin) plugins.push({ plugin: withVersion(plugin, file), path, options, optionsPath });
  }
  plugins.forEach(({ plugin: { name }, path }, index) => {
    if (plugins.findIndex(({ plugin }) => plugin.name === name) < index) missing.push(words.pluginTwice(path, name));
  });
  if (broken.length > 0) throw pluginFailed([...broken, ...missing]);
  refuseIfAny(missing);
  return plugins;
}

/** Undefined where it cannot be read, which is added to `problems`. */
function readEntry(entry: unknown, path: string, problems: Problem[]): ReadEntry | Problem | undefined {
  try {
    return readPluginEntry(entry, path);
  } catch (thrown) {
    problems.push(words.pluginUnreadable(path, describeThrown(thrown)));
    return undefined;
  }
}

async function importPlugin(name: string, path: string, file: string, limits: PluginLimits, missing: Problem[]) {
  const { resolve } = await import('import-meta-resolve');
  let url: string;
  try {
    url = resolve(name, pathToFileURL(file).href);
  } catch {
    missing.push(words.pluginNotFound(path, name));
    return undefined;
  }
  const module = await importUnderName(name, url, dirname(file), limits, path);
  // What Node.js cannot load has a reason of its own, which it gives again.
  return ((module ?? (await import(url))) as { default?: unknown }).default ?? null;
}

/** What `require` gives is the module, also where it looks like its default export, whose keys it has not. */
function pluginOf(entry: unknown): unknown {
  const isModule = typeof entry === 'object' && entry !== null && Object.hasOwn(entry, 'default');
  return isModule && !Object.hasOwn(entry, 'api') ? (entry as { readonly default: unknown }).default : entry;
}

/** Undefined where it is no plugin; faults are added to `problems`. Getters and proxies run here, and nowhere unnamed. */
function readPlugin(entry: unknown, path: string, shown: string, problems: Problem[]): Plugin | undefined {
  try {
    const value = pluginOf(entry);
    const problem = checkPlugin(value, path, shown);
    if (problem === undefined) return judgePlugin(value as Plugin, path, problems);
    problems.push(problem);
  } catch (thrown) {
    problems.push(words.pluginUnreadable(path, describeThrown(thrown)));
  }
  return undefined;
}

function checkPlugin(value: unknown, path: string, shown: string): Problem | undefined {
  const { name, api, version } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Plugin>;
  if (typeof name !== 'string' || api === undefined) return words.pluginNotAPlugin(path, shown);
  if (speaksProtocol(api)) return undefined;
  return words.pluginApiMismatch(path, { name, ...(version === undefined ? {} : { version }) }, api, pluginApi);
}

/** Fills in the version from the installed package, so that faults can name it. */
function withVersion(plugin: Plugin, file: string): Plugin {
  if (plugin.version !== undefined) return plugin;
  const version = findPackage(plugin.name, dirname(file))?.description.version;
  return typeof version === 'string' ? { ...plugin, version } : plugin;
}
