/** Reads a definition written in TypeScript or JavaScript. */
import { dirname } from 'node:path';
import {
  defaultExportMissing,
  definitionFailed,
  definitionMissing,
  type ExportedAs,
} from '../errors/catalogue/loading.ts';
import { isCdkpipeError, refused } from '../errors/cdkpipe-error.ts';
import type { LoadContext } from './config-loaders.ts';
import { findDefaultExport } from './default-export.ts';
import { describeThrown } from './describe-thrown.ts';
import { importScript } from './import-script.ts';
import { findPlace } from './locate.ts';
import { placeIn } from './place.ts';
import { wordLoadFault } from './word-load-fault.ts';

/**
 * The default export of `file`, called if it is a function, and awaited.
 *
 * @throws CdkpipeError (`source: 'user'`) whose cause is what the author's code threw
 */
export async function readScript(file: string, source: string, context: LoadContext): Promise<unknown> {
  const { cwd } = context;
  const shown = placeIn(cwd, { file });
  const module = await importScript(file, source, context).catch(async (error: unknown) => {
    throw isCdkpipeError(error) ? error : refused([await wordLoadFault(error, file, cwd)], { cause: error });
  });
  const exported = findDefaultExport(module);
  if (!exported) throw refused([defaultExportMissing(shown)]);
  const as = exportedAs(exported.value);
  const value = await settle(exported.value).catch((error: unknown) => {
    if (isCdkpipeError(error)) throw error;
    const place = placeIn(cwd, findPlace(error, dirname(file)) ?? { file });
    throw refused([definitionFailed(shown, as, describeThrown(error), place)], { cause: error });
  });
  if (value === undefined || value === null) throw refused([definitionMissing(shown, as, String(value))]);
  return value;
}

async function settle(exported: unknown): Promise<unknown> {
  return typeof exported === 'function' ? exported() : exported;
}

function exportedAs(exported: unknown): ExportedAs {
  if (typeof exported === 'function') return 'function';
  return exported instanceof Promise ? 'promise' : 'value';
}
