/** Finds the file that holds the definition. */
import { statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { CosmiconfigResult, Loader, PublicExplorer } from 'cosmiconfig';
import * as words from '../errors/catalogue/loading.ts';
import { isCdkpipeError, refused } from '../errors/cdkpipe-error.ts';
import { configLoaders, packageKey, type ReadConfig } from './config-loaders.ts';
import type { LoadContext } from './load-context.ts';
import { placeIn } from './place.ts';
import { searchDirectories } from './search-directories.ts';

export interface FoundConfig {
  readonly file: string;
  readonly directory: string;
  readonly read: ReadConfig;
}

/**
 * Finds the file that `configPath` names, or else the nearest definition from `cwd` up to the project's root.
 *
 * @throws CdkpipeError (`source: 'user'`) when there is none
 */
export async function findConfig(context: LoadContext, configPath: string | undefined): Promise<FoundConfig> {
  const loaders = configLoaders(context);
  const explorer = await createExplorer(loaders, context.cwd);
  const extensions = extensionsOf(loaders);
  return configPath === undefined
    ? search(explorer, context.cwd, extensions)
    : open(explorer, context.cwd, extensions, configPath);
}

async function createExplorer(loaders: Readonly<Record<string, Loader>>, cwd: string): Promise<PublicExplorer> {
  const { cosmiconfig } = await import('cosmiconfig');
  try {
    return cosmiconfig(packageKey, {
      // package.json last: it is there in nearly every project, and seldom holds the definition.
      searchPlaces: [...extensionsOf(loaders).map((extension) => `cdkpipe.config${extension}`), 'package.json'],
      loaders,
      searchStrategy: 'none',
      ignoreEmptySearchPlaces: false,
      cache: false,
    });
  } catch (error) {
    // It reads the project's own settings for cosmiconfig first, from package.json among others.
    const { message, filepath = '' } = error as Error & { filepath?: string };
    const { findFaultInJson } = await import('./syntax-fault.ts');
    const fault = filepath.endsWith('.json') ? findFaultInJson(filepath, cwd) : undefined;
    throw refused([fault ?? words.searchSettingsUnusable(message)], { cause: error });
  }
}

async function search(explorer: PublicExplorer, cwd: string, extensions: readonly string[]): Promise<FoundConfig> {
  const directories = searchDirectories(cwd);
  for (const directory of directories) {
    for (const extension of extensions) refuseDevice(join(directory, `cdkpipe.config${extension}`), cwd);
    const found = await explorer.search(directory).catch(refuse(directory));
    // An empty package.json is npm's to complain about.
    if (found && !(found.isEmpty && basename(found.filepath) === 'package.json')) return foundConfig(found, cwd);
  }
  throw refused([words.configNotFound(cwd, extensions, directories.at(-1) ?? cwd)]);
}

async function open(explorer: PublicExplorer, cwd: string, extensions: readonly string[], path: string) {
  const file = resolve(cwd, path);
  if (!extensions.includes(extname(file))) throw refused([words.configTypeUnknown(path, extensions)]);
  refuseDevice(file, cwd);
  const found = await explorer.load(file).catch(refuse(path));
  if (found === null) throw refused([words.configKeyMissing(path, packageKey)]);
  return foundConfig(found, cwd);
}

function extensionsOf(loaders: Readonly<Record<string, Loader>>): string[] {
  return Object.keys(loaders).filter((extension) => extension.startsWith('.'));
}

/** A pipe or a device may have no end, and reading it none either. */
function refuseDevice(file: string, cwd: string): void {
  const stats = statOf(file, cwd);
  if (stats === undefined || stats.isFile() || stats.isDirectory()) return;
  throw refused([words.configFileUnreadable(placeIn(cwd, { file }), 'it is not a regular file')]);
}

/** @throws CdkpipeError where the file system does not tell, as for a link that leads to itself */
function statOf(file: string, cwd: string) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw refused([words.configFileUnreadable(placeIn(cwd, { file }), (error as Error).message)], { cause: error });
  }
}

/** Words what the file system says about `path`. */
function refuse(path: string) {
  return (error: NodeJS.ErrnoException): never => {
    if (isCdkpipeError(error)) throw error;
    if (error.code === 'ENOENT') throw refused([words.configFileNotFound(path)], { cause: error });
    const reason = error.code === 'EISDIR' ? 'it is a directory' : error.message;
    throw refused([words.configFileUnreadable(path, reason)], { cause: error });
  };
}

function foundConfig(found: NonNullable<CosmiconfigResult>, cwd: string): FoundConfig {
  const { filepath: file, isEmpty = false } = found;
  if (isEmpty) throw refused([words.configEmpty(placeIn(cwd, { file }))]);
  return { file, directory: dirname(file), read: found.config as ReadConfig };
}
