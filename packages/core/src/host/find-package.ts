/** Finds an installed package as Node would from a file, but by its directory, whatever it exports. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackageDescription } from '../contracts/plugin-manifest.ts';

export interface InstalledPackage {
  readonly directory: string;
  readonly description: PackageDescription;
}

/** @param from directory from which it is looked for, upwards */
export function findPackage(name: string, from: string): InstalledPackage | undefined {
  for (let above = from; ; above = dirname(above)) {
    const directory = join(above, 'node_modules', name);
    const file = join(directory, 'package.json');
    if (existsSync(file)) return { directory, description: JSON.parse(readFileSync(file, 'utf8')) };
    if (dirname(above) === above) return undefined;
  }
}
