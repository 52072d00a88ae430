/** Finds the packages that bring a kind which a plugin lowers to, by the peers that the plugin's package names. */
import { realpathSync } from 'node:fs';
import type { FindBringers } from '../contracts/registry.ts';
import { findPackage } from './find-package.ts';

/** @param from directory of the definition */
export function bringersFrom(from: string): FindBringers {
  return (plugin, kind) => {
    const home = findPackage(plugin.name, from);
    if (!home) return [];
    // pnpm lays the peers of a package beside where it really lies.
    const inside = realpathSync(home.directory);
    const { peerDependencies = {} } = home.description as { readonly peerDependencies?: object };
    const bringers = Object.keys(peerDependencies).filter((peer) => {
      const found = findPackage(peer, inside) ?? findPackage(peer, from);
      return !found || kindsOf(found.description.cdkpipePlugin).includes(kind);
    });
    return bringers.length === 0 ? undefined : bringers;
  };
}

function kindsOf(manifest: unknown): readonly unknown[] {
  const { kinds } = (manifest ?? {}) as { readonly kinds?: unknown };
  return Array.isArray(kinds) ? kinds : [];
}
