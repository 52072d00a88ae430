/** How each type of file becomes the value that it defines: the loaders that cosmiconfig is given. */
import { basename } from 'node:path';
import type { Loader } from 'cosmiconfig';
import type { LoadContext } from './load-context.ts';

/** Reads the file it was made for. */
export type ReadConfig = () => Promise<unknown>;

/** The key of package.json that may hold the definition. */
export const packageKey = 'cdkpipe';

/**
 * Loaders by extension, those looked for first in front. Each gives a {@link ReadConfig} instead of reading: an
 * `ENOENT` that a definition throws would mean "no such file" to cosmiconfig, and it would go on to the next.
 */
export function configLoaders(context: LoadContext): Readonly<Record<string, Loader>> {
  const script = (file: string, text: string) => async () =>
    (await import('./read-script.ts')).readScript(file, text, context);
  const json = (file: string, text: string) => async () => {
    const { readJson, refuseDuplicateKeys } = await import('./read-data.ts');
    const value = readJson(file, text, context);
    // A package.json without a definition is npm's to judge.
    if (!isPackage(file) || packageKey in Object(value)) refuseDuplicateKeys(file, text, context);
    return value;
  };
  const yaml = (file: string, text: string) => async () =>
    (await import('./read-data.ts')).readYaml(file, text, context);
  return {
    '.ts': script,
    '.mts': script,
    '.cts': script,
    '.js': script,
    '.mjs': script,
    '.cjs': script,
    '.json': (file, text) => (isPackage(file) ? readPackage(json(file, text)) : json(file, text)),
    '.yaml': yaml,
    '.yml': yaml,
    // Only the project's own settings for cosmiconfig can name a place without extension.
    noExt: yaml,
  };
}

const isPackage = (file: string) => basename(file) === 'package.json';

/** The package with a {@link ReadConfig} in place of the definition, where there is one. */
async function readPackage(read: ReadConfig) {
  const { [packageKey]: value } = (await read()) as Record<string, unknown>;
  return value === undefined ? {} : { [packageKey]: async () => value };
}
