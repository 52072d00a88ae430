/** Looks at what a package manager has put on the disk for a plugin, before any of it runs: registries may have said less. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { findPackage } from '@cdkpipe/core/host';
import { commandsIn, dependenciesIn, installScriptsOf, texts } from '../registry/package-facts.ts';
import type { PackageTree, TreePackage } from '../registry/read-tree.ts';

/** Everything that the plugin at `directory` reaches through `node_modules`; with yarn's Plug'n'Play there is none. */
export function readInstalledTree(name: string, directory: string): PackageTree {
  const foreign: PackageTree['foreign'][number][] = [];
  const packages = new Map<string, TreePackage>();
  const visit = (wanted: string, from: string, way: readonly string[]): void => {
    const found = findPackage(wanted, from);
    if (!found) return;
    const real = realpathSync(found.directory);
    if (packages.has(real)) return;
    const content = found.description as Readonly<Record<string, unknown>>;
    const own = [...way, wanted];
    packages.set(real, entryOf(content, real, own));
    for (const dependency of dependenciesIn(content)) {
      if (!dependency.isFromRegistry) foreign.push({ ...dependency, way: own });
      visit(dependency.name, real, own);
    }
  };
  visit(name, directory, []);
  const [, ...others] = [...packages.values()];
  return { packages: others, foreign, isCut: false };
}

function entryOf(content: Readonly<Record<string, unknown>>, directory: string, way: readonly string[]): TreePackage {
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
