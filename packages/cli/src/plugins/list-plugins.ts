/** Tells which plugins a project has, and whether they are the locked ones. */
import type { LockEntry } from '@cdkpipe/core/host';
import { findInstalledPlugins } from '../installed/installed-plugins.ts';
import { lockEntryOf, type PluginProject } from './plugin-project.ts';

/** `locked`: as in the lock. `drifted`: otherwise. `unlocked`: without entry. `missing`: locked, and not installed. */
export type LockState = 'locked' | 'drifted' | 'unlocked' | 'missing' | 'local';

export interface ListedPlugin {
  readonly name: string;
  /** Absent where it is not installed, or lives in the project. */
  readonly version?: string;
  readonly api?: number;
  readonly kinds: readonly string[];
  readonly renderers: readonly string[];
  readonly backends: readonly string[];
  readonly rules: readonly string[];
  readonly hooks: readonly string[];
  readonly state: LockState;
  /** What the lock says, where it says something else. */
  readonly locked?: LockEntry;
}

/** Sorted by name. */
export function listPlugins(project: PluginProject): ListedPlugin[] {
  const { lock, directory } = project;
  const installed = findInstalledPlugins(directory, project.package.directory).map((plugin): ListedPlugin => {
    const entry = Object.hasOwn(lock, plugin.name) ? lock[plugin.name] : undefined;
    const state = stateOf(entry, lockEntryOf(project, plugin));
    return {
      name: plugin.name,
      version: plugin.version,
      ...plugin.manifest,
      state,
      ...(state === 'drifted' && entry && { locked: entry }),
    };
  });
  const others = Object.entries(lock)
    .filter(([name]) => !installed.some((plugin) => plugin.name === name))
    .map(([name, entry]): ListedPlugin => {
      const nothing = { name, kinds: [], renderers: [], backends: [], rules: [], hooks: [] };
      return 'local' in entry ? { ...nothing, state: 'local' } : { ...nothing, state: 'missing', locked: entry };
    });
  return [...installed, ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function stateOf(entry: LockEntry | undefined, now: Exclude<LockEntry, { local: true }>): LockState {
  if (entry === undefined) return 'unlocked';
  if ('local' in entry) return 'drifted';
  const isSame = entry.version === now.version && entry.integrity === now.integrity && entry.api === now.api;
  return isSame ? 'locked' : 'drifted';
}
