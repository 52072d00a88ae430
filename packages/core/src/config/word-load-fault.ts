/** Words what went wrong while a script was imported: it does not parse, imports what is not there, or threw. */
import { dirname } from 'node:path';
import { configThrew } from '../errors/catalogue/loading.ts';
import type { Problem } from '../errors/problem.ts';
import { describeThrown } from './describe-thrown.ts';
import { findImportFault } from './import-fault.ts';
import { findPlace } from './locate.ts';
import { placeIn } from './place.ts';
import { findSyntaxFault } from './syntax-fault.ts';

/** @param file the script that was imported; the fault may lie in a file that it imports */
export async function wordLoadFault(error: unknown, file: string, cwd: string): Promise<Problem> {
  const directory = dirname(file);
  const place = findPlace(error, directory) ?? { file };
  return (
    findSyntaxFault(error, cwd) ??
    (await findImportFault(error, { place, directory, cwd })) ??
    configThrew(placeIn(cwd, { file }), describeThrown(error), placeIn(cwd, place))
  );
}
