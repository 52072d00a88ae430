/** Compares the plugins that a definition loaded with the project's lock of plugins. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from '../contracts/plugin.ts';
import { protocolOf } from '../contracts/protocol.ts';
import { lockMissing, pluginDrifted, pluginLinked, pluginNotLocked } from '../errors/catalogue/plugin-lock.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import { findPackage } from './find-package.ts';
import { findLockedIntegrity } from './locked-integrity.ts';
import { findPluginLock, type LockEntry, type PluginLock } from './plugin-lock.ts';

export interface LockCheck {
  /** Directory of the definition, and of its lock. */
  readonly directory: string;
  /** Whether drift is refused, and a lock that is missing; with `whereLocked` drift alone. Otherwise it is only told. */
  readonly frozen: boolean | 'whereLocked';
  /** Whether plugins that are linked from their directory pass where drift is refused. */
  readonly allowLinked?: boolean | undefined;
}

/**
 * Every plugin without an entry, and every difference in version, integrity or api. A project without a lock file has
 * not asked for the check, unless it is frozen.
 *
 * @param plugins those that the definition lists, without the ones that ship with cdkpipe
 * @throws CdkpipeError (`source: 'user'`) with all of them when frozen, or when the lock cannot be read
 */
export function checkPluginLock(
  plugins: readonly Plugin[],
  { directory, frozen, allowLinked = false }: LockCheck,
): readonly Problem[] {
  const lock = findPluginLock(directory);
  const problems =
    lock === undefined
      ? frozen === true && plugins.length > 0
        ? [lockMissing(directory)]
        : []
      : plugins.flatMap((plugin) =>
          driftOf(plugin, Object.hasOwn(lock, plugin.name) ? lock[plugin.name] : undefined, directory),
        );
  if (frozen !== false) refuseIfAny([...problems, ...(allowLinked ? [] : linkedIn(lock ?? {}, plugins))]);
  return problems;
}

/** Nobody can tell which bytes they have. */
function linkedIn(lock: PluginLock, plugins: readonly Plugin[]): Problem[] {
  return plugins.flatMap(({ name }) => {
    const entry = Object.hasOwn(lock, name) ? lock[name] : undefined;
    return entry && 'linked' in entry ? [pluginLinked(name, entry.linked)] : [];
  });
}

function driftOf({ name, api }: Plugin, entry: LockEntry | undefined, directory: string): Problem[] {
  if (entry === undefined) return [pluginNotLocked(name)];
  const installed = findPackage(name, directory);
  const version = installed?.description.version;
  if ('local' in entry)
    return version === undefined ? [] : [pluginDrifted(name, 'source', 'this project', 'a package')];
  if ('linked' in entry) {
    const isLinked = installed !== undefined && isLinkTo(resolve(directory, entry.linked), installed.directory);
    return [
      ...(isLinked
        ? []
        : [pluginDrifted(name, 'source', `the directory ${entry.linked}`, installed ? 'a package' : 'none')]),
      ...(entry.api === api ? [] : [pluginDrifted(name, 'api', String(entry.api), String(api))]),
    ];
  }
  const integrity = typeof version === 'string' ? findLockedIntegrity(directory, name, version) : undefined;
  const compared: [what: string, locked: unknown, found: unknown][] = [
    ['version', entry.version, version],
    ['integrity', entry.integrity, integrity],
    ['api', entry.api, protocolOf(api)],
  ];
  return compared.flatMap(([what, locked, found]) =>
    locked === found ? [] : [pluginDrifted(name, what, String(locked ?? 'none'), String(found ?? 'none'))],
  );
}

function isLinkTo(target: string, installed: string): boolean {
  try {
    return realpathSync(installed) === realpathSync(target);
  } catch {
    return false;
  }
}
