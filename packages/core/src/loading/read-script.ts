/** Reads a definition written in TypeScript or JavaScript. */
import { dirname } from 'node:path';
import {
  configThrew,
  defaultExportMissing,
  definitionFailed,
  definitionMissing,
  type ExportedAs,
} from '../errors/catalogue/loading.ts';
import { type CdkpipeError, isCdkpipeError, refused } from '../errors/cdkpipe-error.ts';
import { findDefaultExport } from './default-export.ts';
import { importScript } from './import-script.ts';
import type { LoadContext } from './load-context.ts';
import { findPlace } from './locate.ts';
import { placeIn } from './place.ts';
import type { Threw } from './word-load-fault.ts';

/**
 * The default export of `file`, called if it is a function, and awaited.
 *
 * @throws CdkpipeError (`source: 'user'`) whose cause is what the author's code threw
 */
export async function readScript(file: string, source: string, context: LoadContext): Promise<unknown> {
  const { cwd } = context;
  const shown = placeIn(cwd, { file });
  const refuse = (threw: Threw) => async (error: unknown) => {
    if (isCdkpipeError(error)) throw locatedFault(error, file, cwd);
    const { wordLoadFault } = await import('./word-load-fault.ts');
    throw refused([await wordLoadFault(error, file, cwd, threw)], { cause: error });
  };
  const exported = findDefaultExport(await importScript(file, source, context).catch(refuse(configThrew)));
  if (!exported) throw refused([defaultExportMissing(shown)]);
  const as = exportedAs(exported.value);
  const value = await settle(exported.value).catch(refuse((...thrown) => definitionFailed(as, ...thrown)));
  if (value === undefined || value === null) throw refused([definitionMissing(as, shown, String(value))]);
  return value;
}

/** What a function of ours refuses while the definition runs, such as `output(...)`, is at the line that calls it. */
function locatedFault(error: CdkpipeError, file: string, cwd: string): CdkpipeError {
  if (error.source !== 'user' || error.problems.every(({ location, path }) => location ?? path)) return error;
  const place = findPlace(error, dirname(file));
  if (!place) return error;
  const location = placeIn(cwd, place);
  return refused(
    error.problems.map((problem) => ({ location, ...problem })),
    { cause: error },
  );
}

async function settle(exported: unknown): Promise<unknown> {
  return typeof exported === 'function' ? exported() : exported;
}

function exportedAs(exported: unknown): ExportedAs {
  if (typeof exported === 'function') return 'function';
  return exported instanceof Promise ? 'promise' : 'value';
}
