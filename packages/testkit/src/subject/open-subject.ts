/** Opens a plugin for its checks: its package, the plugin that it exports, and a pipeline to try it in. */
import { join } from 'node:path';
import { loadPlugins } from '@cdkpipe/core/host';
import type { PackedPlugin, Subject } from '../check/check.ts';
import { openTrials } from '../trial/trials.ts';
import { findCompanions } from './find-companions.ts';
import { type Disposable, readPackage } from './read-package.ts';

/** @throws what importing the plugin throws */
export async function openSubject(directory: string): Promise<Subject & Disposable> {
  const packed = readPackage(directory);
  try {
    return Object.assign(await subjectOf(packed), { [Symbol.dispose]: packed[Symbol.dispose] });
  } catch (error) {
    packed[Symbol.dispose]();
    throw error;
  }
}

/** @param plugin the plugin, where it is loaded already; else that which the package exports */
export async function subjectOf(packed: PackedPlugin, plugin?: Subject['plugin']): Promise<Subject> {
  const loaded = plugin ?? (await loadPlugins([packed.name], join(packed.project, 'cdkpipe.config.json')))[0];
  if (!loaded) throw new Error(`${packed.name} exports no plugin`);
  const companions = await findCompanions(packed);
  return { ...packed, plugin: loaded, trials: openTrials(packed.project, loaded, companions) };
}
