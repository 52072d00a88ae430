/** The plugins that a package has, by its package.json and what is installed; needs nothing of package managers. */
import { type PackageDescription, type PluginManifest, readPluginManifest } from '@cdkpipe/core';
import { findPackage } from '@cdkpipe/core/find-package';
import { dependenciesOf, readPackage } from './dependencies-of.ts';

/** A plugin that the project has in its package.json and in `node_modules`. */
export interface InstalledPlugin {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  readonly manifest: PluginManifest;
  readonly description: PackageDescription;
}

export function findInstalledPlugins(directory: string, packageDirectory: string): InstalledPlugin[] {
  return Object.keys(dependenciesOf(packageDirectory)).flatMap((name) => {
    const found = findPackage(name, directory);
    const manifest = found && readPluginManifest(found.description);
    if (!manifest || !('api' in manifest)) return [];
    return [{ name, version: String(found.description.version), manifest, ...found }];
  });
}

/** The plugin that the package itself is: its author tries it where it is made. */
export function findOwnPlugin(directory: string): InstalledPlugin | undefined {
  const description = readPackage(directory);
  const manifest = readPluginManifest(description);
  if (!('api' in manifest)) return undefined;
  return { name: String(description.name), version: String(description.version), directory, manifest, description };
}
