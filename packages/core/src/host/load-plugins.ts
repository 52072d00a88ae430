/** Finds the plugins that a definition lists: objects as they are, npm names from the project. */

import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Plugin, pluginApi } from '../contracts/plugin.ts';
import { defaultPluginTimeout, type PluginLimits } from '../contracts/registry.ts';
import * as words from '../errors/catalogue/plugins.ts';
import { isCdkpipeError, pluginFailed, refuseIfAny } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { findPackage } from './find-package.ts';
import { importUnderName } from './import-plugin.ts';
import { judgePlugin } from './judge-plugin.ts';

/**
 * Loads plugins and checks that each speaks our protocol, before any other code of it runs.
 *
 * @param file the definition's file, from which npm names are resolved
 * @throws CdkpipeError (`source: 'user'`) for plugins that are not installed or listed twice; (`source: 'plugin'`) for
 *   what is no plugin, speaks another protocol or fails while it is loaded
 */
export async function loadPlugins(
  listed: readonly unknown[],
  file: string,
  limits: PluginLimits = { timeoutMs: defaultPluginTimeout },
): Promise<Plugin[]> {
  const missing: Problem[] = [];
  const broken: Problem[] = [];
  const plugins: Plugin[] = [];
  for (const [index, entry] of listed.entries()) {
    const path = `plugins[${index}]`;
    const before = missing.length;
    let loaded = entry;
    try {
      if (typeof entry === 'string') loaded = await importPlugin(entry, path, file, limits, missing);
    } catch (error) {
      limits.signal?.throwIfAborted();
      broken.push(
        ...(isCdkpipeError(error)
          ? error.problems
          : [words.pluginNotLoaded(path, { name: String(entry) }, describeThrown(error))]),
      );
      continue;
    }
    if (missing.length > before) continue;
    const plugin = readPlugin(loaded, path, typeof entry === 'string' ? `"${entry}"` : 'this', broken);
    if (plugin) plugins.push(withVersion(plugin, file));
  }
  plugins.forEach((plugin, index) => {
    if (plugins.findIndex(({ name }) => name === plugin.name) < index)
      missing.push(words.pluginTwice(`plugins[${index}]`, plugin.name));
  });
  if (broken.length > 0) throw pluginFailed([...broken, ...missing]);
  refuseIfAny(missing);
  return plugins;
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
  if (api === pluginApi) return undefined;
  return words.pluginApiMismatch(path, { name, ...(version === undefined ? {} : { version }) }, api, pluginApi);
}

/** Fills in the version from the installed package, so that faults can name it. */
function withVersion(plugin: Plugin, file: string): Plugin {
  if (plugin.version !== undefined) return plugin;
  const version = findPackage(plugin.name, dirname(file))?.description.version;
  return typeof version === 'string' ? { ...plugin, version } : plugin;
}
