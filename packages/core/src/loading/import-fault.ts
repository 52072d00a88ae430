/** Recognises errors about imports that lead nowhere. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, parse, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCdkLibrary, isCdkModule } from '../cdk/cdk-library.ts';
import * as words from '../errors/catalogue/loading.ts';
import { findNearMisses } from '../errors/near-misses.ts';
import type { Problem } from '../errors/problem.ts';
import { type Place, placeIn } from './place.ts';

/** Where an import failed. */
export interface ImportSite {
  /** The place in the author's code that led to it. */
  readonly place: Place;
  /** The project's directory. */
  readonly directory: string;
  /** Where the paths in messages start. */
  readonly cwd: string;
}

/** The problem that `error` tells of, if it is about a module that is missing or not exported. */
export async function findImportFault(error: unknown, site: ImportSite): Promise<Problem | undefined> {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return findExportFault(error.message, site);
  if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const module = /^Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1];
  if (module === undefined) return undefined;
  const { place, directory, cwd } = site;
  const location = placeIn(cwd, place);
  if (isCdkModule(module) && 'code' in findCdkLibrary(directory)) return words.awsCdkNotFound(directory, location);
  const importer = importerOf(error) ?? place.file;
  return words.importNotFound(
    placeIn(cwd, { file: importer }),
    module,
    location,
    await findNeighbours(importer, module),
  );
}

function findExportFault(message: string, { place, cwd }: ImportSite): Problem | undefined {
  const [, path = '', name] =
    /^(?:Package subpath '\.(.*?)'|No "exports" main).*[\\/]node_modules[\\/](.+?)[\\/]package\.json/.exec(message) ??
    [];
  if (name === undefined) return undefined;
  return words.importNotExported(placeIn(cwd, { file: place.file }), `${name}${path}`, placeIn(cwd, place));
}

/** The file whose import failed: node names it in one of two ways. */
function importerOf(error: Error): string | undefined {
  if ('requireStack' in error && Array.isArray(error.requireStack)) return error.requireStack[0] as string | undefined;
  const from = /imported from (.+)$/m.exec(error.message)?.[1];
  return from?.startsWith('file:') ? fileURLToPath(from) : from;
}

/** Files beside the one that a relative import names, with names like it; with an extension where it has one. */
async function findNeighbours(importer: string, module: string): Promise<string[]> {
  if (!module.startsWith('.')) return [];
  const wanted = resolve(dirname(importer), module);
  const files = await readdir(dirname(wanted)).catch(() => []);
  const near = findNearMisses(parse(wanted).name, [...new Set(files.map((file) => parse(file).name))]);
  const { ext } = parse(wanted);
  const asWritten = (name: string) => {
    const alike = ext === '' ? [] : files.filter((file) => parse(file).name === name);
    return alike.find((file) => parse(file).ext === ext) ?? alike[0] ?? name;
  };
  return near.map((name) => module.slice(0, module.length - basename(module).length) + asWritten(name));
}
