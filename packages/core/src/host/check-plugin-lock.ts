/** Compares the plugins that a definition loaded with the project's lock of plugins. */
import type { Plugin } from '../contracts/plugin.ts';
import { lockMissing, pluginDrifted, pluginNotLocked } from '../errors/catalogue/plugin-lock.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import { findPackage } from './find-package.ts';
import { findLockedIntegrity } from './locked-integrity.ts';
import { findPluginLock, type LockEntry } from './plugin-lock.ts';

export interface LockCheck {
  /** Directory of the definition, and of its lock. */
  readonly directory: string;
  /** Whether drift is refused, and a lock that is missing; with `whereLocked` drift alone. Otherwise it is only told. */
  readonly frozen: boolean | 'whereLocked';
}

/**
 * Every plugin without an entry, and every difference in version, integrity or api. A project without a lock file has
 * not asked for the check, unless it is frozen.
 *
 * @param plugins those that the definition lists, without the ones that ship with cdkpipe
 * @throws CdkpipeError (`source: 'user'`) with all of them when frozen, or when the lock cannot be read
 */
export function checkPluginLock(plugins: readonly Plugin[], { directory, frozen }: LockCheck): readonly Problem[] {
  const lock = findPluginLock(directory);
  const problems =
    lock === undefined
      ? frozen === true && plugins.length > 0
        ? [lockMissing(directory)]
        : []
      : plugins.flatMap((plugin) =>
          driftOf(plugin, Object.hasOwn(lock, plugin.name) ? lock[plugin.name] : undefined, directory),
        );
  if (frozen !== false) refuseIfAny(problems);
  return problems;
}

function driftOf({ name, api }: Plugin, entry: LockEntry | undefined, directory: string): Problem[] {
  if (entry === undefined) return [pluginNotLocked(name)];
  const version = findPackage(name, directory)?.description.version;
  if ('local' in entry)
    return version === undefined ? [] : [pluginDrifted(name, 'source', 'this project', 'a package')];
  const integrity = typeof version === 'string' ? findLockedIntegrity(directory, name, version) : undefined;
  const compared: [what: string, locked: unknown, found: unknown][] = [
    ['version', entry.version, version],
    ['integrity', entry.integrity, integrity],
    ['api', entry.api, api],
  ];
  return compared.flatMap(([what, locked, found]) =>
    locked === found ? [] : [pluginDrifted(name, what, String(locked ?? 'none'), String(found ?? 'none'))],
  );
}
