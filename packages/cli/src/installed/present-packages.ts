/** The versions of the packages that a project has, where its code would find them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Versions by name; the nearest counts. With yarn's Plug'n'Play there are none.
 *
 * @param from directory from which packages are looked for, upwards
 * @param root last directory that is looked into; by default all above are
 */
export function presentPackages(from: string, root?: string): Map<string, string> {
  const above = from === root || dirname(from) === from ? [] : presentPackages(dirname(from), root);
  return new Map([...above, ...packagesIn(join(from, 'node_modules'))]);
}

function packagesIn(directory: string): [name: string, version: string][] {
  return namesIn(directory)
    .flatMap((name) => (name.startsWith('@') ? namesIn(join(directory, name)).map((own) => `${name}/${own}`) : [name]))
    .flatMap((name) => {
      const version = versionOf(join(directory, name, 'package.json'));
      return version === undefined ? [] : [[name, version] as [string, string]];
    });
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

/** Undefined for what is no package. */
function versionOf(file: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
