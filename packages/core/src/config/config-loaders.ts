/** How each type of file becomes the value that it defines: the loaders that cosmiconfig is given. */
import { basename } from 'node:path';
import type { Loader } from 'cosmiconfig';
import { configEmpty } from '../errors/catalogue/loading.ts';
import { refused } from '../errors/cdkpipe-error.ts';
import type { LoadContext } from './load-context.ts';
import { type Parsed, parseJson } from './parse-json.ts';
import { placeIn } from './place.ts';
import { wordSyntaxFault } from './syntax-fault.ts';

/** Reads the file it was made for. */
export type ReadConfig = () => Promise<unknown>;

/** The key of package.json that may hold the definition. */
export const packageKey = 'cdkpipe';

/**
 * Loaders by extension, those looked for first in front. Each gives a {@link ReadConfig} instead of reading: an
 * `ENOENT` that a definition throws would mean "no such file" to cosmiconfig, and it would go on to the next.
 */
export function configLoaders(context: LoadContext): Readonly<Record<string, Loader>> {
  const script = (file: string, text: string) => async () => {
    const { readScript } = await import('./read-script.ts');
    return readScript(file, text, context);
  };
  const json = (file: string, text: string) => async () => valueOrFault(parseJson(text), file, context);
  const jsonOrPackage = (file: string, text: string) =>
    basename(file) === 'package.json' ? readPackage(file, text, context) : json(file, text);
  const yaml = (file: string, text: string) => async () => {
    const { parseYaml } = await import('./parse-yaml.ts');
    return valueOrFault(await parseYaml(text), file, context);
  };
  return {
    '.ts': script,
    '.mts': script,
    '.cts': script,
    '.js': script,
    '.mjs': script,
    '.cjs': script,
    '.json': jsonOrPackage,
    '.yaml': yaml,
    '.yml': yaml,
    // Only the project's own settings for cosmiconfig can name a place without extension.
    noExt: yaml,
  };
}

/** The package with a {@link ReadConfig} in place of the definition, where there is one. */
async function readPackage(file: string, text: string, context: LoadContext) {
  const manifest = (await valueOrFault(parseJson(text), file, context)) as Record<string, unknown> | null;
  const value = manifest?.[packageKey];
  return value === undefined ? {} : { [packageKey]: async () => value };
}

function valueOrFault(parsed: Parsed, file: string, { cwd }: LoadContext): unknown {
  if ('reason' in parsed) throw refused([wordSyntaxFault(file, parsed, cwd)]);
  if (parsed.value === null || parsed.value === undefined) throw refused([configEmpty(placeIn(cwd, { file }))]);
  return parsed.value;
}
