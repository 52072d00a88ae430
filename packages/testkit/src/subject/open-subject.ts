/** Opens a plugin for its checks: its package, the plugin that it exports, and a pipeline to try it in. */
import { join } from 'node:path';
import { readPlugins } from '@cdkpipe/core/host';
import type { PackedPlugin, Subject } from '../check/check.ts';
import { openTrials } from '../trial/trials.ts';
import { findCompanions } from './find-companions.ts';
import { type Disposable, readPackage } from './read-package.ts';
import { withExampleOrBare } from './with-example.ts';

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
  const { name, project } = packed;
  const loaded = plugin ?? (await readPlugins([name], join(project, 'cdkpipe.config.json')))[0]?.plugin;
  if (!loaded) throw new Error(`${name} exports no plugin`);
  const companions = await findCompanions(packed);
  const configured = await withExampleOrBare(loaded, project);
  return { ...packed, plugin: configured, bare: loaded, trials: openTrials(project, configured, companions) };
}
