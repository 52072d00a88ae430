/** Tells which plugins a project has, and whether they are the locked ones. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SpokenProtocols } from '@cdkpipe/core';
import type { LockEntry, LockedPackage } from '@cdkpipe/core/host';
import { findInstalledPlugins } from '../installed/installed-plugins.ts';
import { listCommandsOf } from '../registry/list-commands.ts';
import { lockEntryOf, type PluginProject } from './plugin-project.ts';

/** `locked`: as in the lock. `linked`: from its directory, as the lock says. `drifted`: otherwise. `unlocked`: without entry. `missing`: locked, and not installed. */
export type LockState = 'locked' | 'drifted' | 'unlocked' | 'missing' | 'local' | 'linked';

export interface ListedPlugin {
  readonly name: string;
  /** Absent where it is not installed, or lives in the project. */
  readonly version?: string;
  readonly api?: SpokenProtocols;
  readonly kinds: readonly string[];
  readonly renderers: readonly string[];
  readonly backends: readonly string[];
  readonly rules: readonly string[];
  readonly hooks: readonly string[];
  /** IDs of the commands that it adds to `cdkpipe`, by its files. */
  readonly commands: readonly string[];
  readonly state: LockState;
  /** What the lock says, where it says something else. */
  readonly locked?: LockEntry;
}

/** Sorted by name. */
export function listPlugins(project: PluginProject): ListedPlugin[] {
  const { lock, directory } = project;
  const installed = findInstalledPlugins(directory, project.package.directory).map((plugin): ListedPlugin => {
    const entry = Object.hasOwn(lock, plugin.name) ? lock[plugin.name] : undefined;
    const state = stateOf(entry, lockEntryOf(project, plugin), (linked) =>
      isSameDirectory(resolve(directory, linked), plugin.directory),
    );
    return {
      name: plugin.name,
      version: plugin.version,
      ...plugin.manifest,
      commands: listCommandsOf(plugin.directory, plugin.description),
      state,
      ...(state === 'drifted' && entry && { locked: entry }),
    };
  });
  const others = Object.entries(lock)
    .filter(([name]) => !installed.some((plugin) => plugin.name === name))
    .map(([name, entry]): ListedPlugin => {
      const nothing = { name, kinds: [], renderers: [], backends: [], rules: [], hooks: [], commands: [] };
      return 'local' in entry ? { ...nothing, state: 'local' } : { ...nothing, state: 'missing', locked: entry };
    });
  return [...installed, ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function stateOf(
  entry: LockEntry | undefined,
  now: LockedPackage,
  isLinkTo: (directory: string) => boolean,
): LockState {
  if (entry === undefined) return 'unlocked';
  if ('local' in entry) return 'drifted';
  if ('linked' in entry) return entry.api === now.api && isLinkTo(entry.linked) ? 'linked' : 'drifted';
  const isSame = entry.version === now.version && entry.integrity === now.integrity && entry.api === now.api;
  return isSame ? 'locked' : 'drifted';
}

function isSameDirectory(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}
