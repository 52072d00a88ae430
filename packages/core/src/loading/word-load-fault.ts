/** Words what went wrong while a script was imported: it does not parse, imports what is not there, or threw. */
import { dirname } from 'node:path';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { findImportFault, type ImportSite } from './import-fault.ts';
import { findPlace } from './locate.ts';
import { placeIn } from './place.ts';
import { findSyntaxFault } from './syntax-fault.ts';

/** Words for what was thrown on purpose or by mistake. */
export type Threw = (file: string, thrown: string, location: string) => Problem;

/**
 * @param file the script that was imported; the fault may lie in a file that it imports
 * @param threw words what was simply thrown
 */
export async function wordLoadFault(error: unknown, file: string, cwd: string, threw: Threw): Promise<Problem> {
  const directory = dirname(file);
  const place = findPlace(error, directory) ?? { file };
  return (
    (await findKnownFault(error, { place, directory, cwd })) ??
    threw(placeIn(cwd, { file }), describeThrown(error), placeIn(cwd, place))
  );
}

async function findKnownFault(error: unknown, site: ImportSite): Promise<Problem | undefined> {
  try {
    return findSyntaxFault(error, site.cwd) ?? (await findImportFault(error, site));
  } catch {
    // A proxy, or an error whose message cannot be read.
    return undefined;
  }
}
