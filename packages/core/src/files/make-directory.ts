/** Makes a directory that somebody named, wherever that may be. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes what is missing one by one: where nothing can be made and the system says that the place does not exist, as in
 * `/proc`, the recursive `mkdir` of Node tries again for ever.
 *
 * @param mode of what is made; by default what the user's mask leaves of 0777
 * @returns the first directory that was missing; undefined where all were there
 * @throws the error of the system; what was made before it stays
 */
export function makeDirectory(directory: string, mode?: number): string | undefined {
  const missing: string[] = [];
  for (let at = resolve(directory); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const at of missing) make(at, mode);
  return missing[0];
}

/** Somebody else may have been faster. */
function make(directory: string, mode: number | undefined): void {
  try {
    mkdirSync(directory, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
