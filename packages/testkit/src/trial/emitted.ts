/** Reads what a backend has written, so that two outputs can be compared byte for byte. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Contents by path. */
export type EmittedFiles = ReadonlyMap<string, string>;

export function readEmitted(directory: string): EmittedFiles {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(files.map((file) => [relative(directory, file), readFileSync(file, 'latin1')]));
}

/** Paths of the files in which the two differ. */
export function differencesOf(one: EmittedFiles, other: EmittedFiles): string[] {
  const paths = new Set([...one.keys(), ...other.keys()]);
  return [...paths].filter((path) => one.get(path) !== other.get(path)).sort();
}
