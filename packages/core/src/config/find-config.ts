/** Finds the file that holds the definition. */
import { dirname, extname, resolve } from 'node:path';
import type { CosmiconfigResult, PublicExplorer } from 'cosmiconfig';
import * as words from '../errors/catalogue/loading.ts';
import { isCdkpipeError, refused } from '../errors/cdkpipe-error.ts';
import { configLoaders, type LoadContext, packageKey, type ReadConfig } from './config-loaders.ts';
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
  const extensions = Object.keys(loaders);
  const places = [...extensions.map((extension) => `cdkpipe.config${extension}`), 'package.json'];
  const explorer = await createExplorer(places, loaders);
  return configPath === undefined
    ? search(explorer, context.cwd, places)
    : open(explorer, configPath, context.cwd, extensions);
}

async function createExplorer(searchPlaces: string[], loaders: ReturnType<typeof configLoaders>) {
  const { cosmiconfig } = await import('cosmiconfig');
  try {
    return cosmiconfig(packageKey, {
      searchPlaces,
      loaders,
      searchStrategy: 'none',
      ignoreEmptySearchPlaces: false,
      cache: false,
    });
  } catch (error) {
    // It reads the project's own cosmiconfig settings first.
    throw refused([words.searchSettingsUnusable(String((error as Error).message))], { cause: error });
  }
}

async function search(explorer: PublicExplorer, cwd: string, places: readonly string[]): Promise<FoundConfig> {
  const directories = searchDirectories(cwd);
  for (const directory of directories) {
    const found = await explorer.search(directory);
    // An empty package.json holds no definition; it is npm's to complain about.
    if (found && !(found.isEmpty && extname(found.filepath) === '.json' && found.filepath.endsWith('package.json')))
      return foundConfig(found, cwd);
  }
  throw refused([words.configNotFound(cwd, places, directories.length > 1 ? directories.at(-1) : undefined)]);
}

async function open(explorer: PublicExplorer, path: string, cwd: string, extensions: readonly string[]) {
  const file = resolve(cwd, path);
  if (!extensions.includes(extname(file))) throw refused([words.configTypeUnknown(path, extensions)]);
  const found = await explorer.load(file).catch((error: NodeJS.ErrnoException) => {
    if (isCdkpipeError(error)) throw error;
    throw refused(
      [error.code === 'ENOENT' ? words.configFileNotFound(path) : words.configFileUnreadable(path, error.message)],
      { cause: error },
    );
  });
  if (found === null) throw refused([words.configKeyMissing(path, packageKey)]);
  return foundConfig(found, cwd);
}

function foundConfig(found: NonNullable<CosmiconfigResult>, cwd: string): FoundConfig {
  const { filepath: file, isEmpty = false } = found;
  if (isEmpty) throw refused([words.configEmpty(placeIn(cwd, { file }))]);
  return { file, directory: dirname(file), read: found.config as ReadConfig };
}
