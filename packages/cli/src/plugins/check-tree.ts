/** Looks at what a package manager has put on the disk for a plugin, before any of it runs: registries may have said less. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { findPackage } from '@cdkpipe/core/host';
import { commandsIn, dependenciesIn, installScriptsOf, peersIn, texts } from '../registry/package-facts.ts';
import type { PackageTree, TreePackage } from '../registry/read-tree.ts';

/**
 * Everything that the plugin at `directory` reaches through `node_modules`; with yarn's Plug'n'Play there is none.
 *
 * @param present versions of the packages that the project had before: peer dependencies that are these did not come in
 */
export function readInstalledTree(name: string, directory: string, present: ReadonlyMap<string, string>): PackageTree {
  const foreign: PackageTree['foreign'][number][] = [];
  const packages = new Map<string, TreePackage>();
  // Whether it came in.
  const visit = (wanted: string, from: string, way: readonly string[], isPeer: boolean): boolean => {
    const found = findPackage(wanted, from);
    if (!found || (isPeer && present.get(wanted) === found.description.version)) return false;
    const real = realpathSync(found.directory);
    const known = packages.get(real);
    if (known) {
      if (!isPeer) packages.set(real, { ...known, isPeer });
      return true;
    }
    const content = found.description as Readonly<Record<string, unknown>>;
    const own = [...way, wanted];
    packages.set(real, { ...entryOf(content, real, own), isPeer });
    const needs = [dependenciesIn(content), peersIn(content)].flatMap((some, at) =>
      some.map((one) => ({ ...one, way: own, isPeer: at === 1 })),
    );
    for (const need of needs) {
      const isThere = visit(need.name, real, own, need.isPeer);
      if (!need.isFromRegistry && (isThere || !need.isPeer)) foreign.push(need);
    }
    return true;
  };
  visit(name, directory, [], false);
  const [, ...others] = [...packages.values()];
  return { packages: others, foreign, isCut: false };
}

function entryOf(
  content: Readonly<Record<string, unknown>>,
  directory: string,
  way: readonly string[],
): Omit<TreePackage, 'isPeer'> {
  const gyp = existsSync(join(directory, 'binding.gyp')) ? ['binding.gyp'] : [];
  const commands = commandsIn(content);
  const listed = texts(content.directories).bin;
  return {
    name: String(content.name),
    version: String(content.version),
    way,
    scripts: [...installScriptsOf(content), ...gyp],
    commands: commands.includes('*') && listed !== undefined ? filesIn(join(directory, listed)) : commands,
    size: 0,
  };
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
