/** The files of a directory. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Paths relative to it, sorted. */
export function listTree(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(directory, path)).isFile())
    .toSorted();
}
