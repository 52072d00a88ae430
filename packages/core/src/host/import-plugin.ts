/** Imports the package of a plugin under its name, so that whatever it does meanwhile is told to be its fault. */
import { readFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { manifestKey } from '../contracts/plugin-manifest.ts';
import type { PluginLimits } from '../contracts/registry.ts';
import { blame, pluginNotLoaded } from '../errors/catalogue/plugins.ts';
import { isCdkpipeError, pluginFailed } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import { callPlugin } from '../hooks/call-plugin.ts';
import { importedPackages } from '../loading/imported-packages.ts';
import { findPackage } from './find-package.ts';

/** Codes of Node.js for packages that it cannot load, whoever imports them: not what their code threw. */
const unloadable =
  /^(?:MODULE_NOT_FOUND|ERR_(?:MODULE_NOT_FOUND|UNKNOWN_FILE_EXTENSION|UNSUPPORTED_|PACKAGE_|INVALID_PACKAGE_|REQUIRE_))/;

/**
 * @param path of the plugin in the definition, where it stands there by its name
 * @returns the module; undefined where Node.js cannot load it
 * @throws CdkpipeError (`source: 'plugin'`) when its code throws, does not settle in time, exits, leaves something behind
 *   that fails, or replaces globals
 */
export async function importUnderName(
  name: string,
  url: string,
  from: string,
  limits: PluginLimits,
  path?: string,
): Promise<{ readonly default?: unknown } | undefined> {
  const version = findPackage(name, from)?.description.version;
  const plugin = { name, api: 0, ...(typeof version === 'string' ? { version } : {}) };
  const call = {
    plugin,
    what: `importing "${name}"`,
    timeoutMs: limits.timeoutMs,
    signal: limits.signal ?? new AbortController().signal,
  };
  try {
    return await callPlugin(call, async () => {
      try {
        return await import(url);
      } catch (error) {
        if (isCdkpipeError(error)) throw error;
        if (isUnloadable(error)) return undefined;
        throw pluginFailed([pluginNotLoaded(path, plugin, describeThrown(error))], { cause: error });
      }
    });
  } catch (error) {
    if (isCdkpipeError(error) && path !== undefined)
      throw pluginFailed(
        error.problems.map((problem) => ({ ...problem, ...blame(call), path })),
        { cause: error },
      );
    throw error;
  }
}

function isUnloadable(error: unknown): boolean {
  try {
    return error instanceof SyntaxError || unloadable.test(String((error as { code?: unknown } | null)?.code));
  } catch {
    return false;
  }
}

/**
 * Imports the plugins that a script imports before the script itself does, each under its name: Node.js runs a module
 * once, whoever imports it.
 */
export function importingPlugins(limits: PluginLimits): (file: string) => Promise<void> {
  return async (file) => {
    if (!/^\.[cm]?[jt]s$/.test(extname(file))) return;
    const directory = dirname(file);
    const names = importedPackages(await readFile(file, 'utf8')).filter(
      (name) => findPackage(name, directory)?.description[manifestKey] !== undefined,
    );
    if (names.length === 0) return;
    const { resolve } = await import('import-meta-resolve');
    for (const name of names) {
      let url: string;
      try {
        url = resolve(name, pathToFileURL(file).href);
      } catch {
        continue;
      }
      await importUnderName(name, url, directory, limits);
    }
  };
}
