/** Finds the plugins that a plugin builds on: its peers and dependencies that are plugins, too. */
import { join } from 'node:path';
import { manifestKey, type Plugin } from '@cdkpipe/core';
import { findPackage, readPlugins } from '@cdkpipe/core/host';
import type { PackedPlugin } from '../check/check.ts';
import { needsOf } from './read-package.ts';
import { withExampleOrBare } from './with-example.ts';

/** Those that a kind may lower to; backends are at hand anyway. */
export async function findCompanions({ name, description, project }: PackedPlugin): Promise<Plugin[]> {
  const seen = new Set([name]);
  const open = needsOf(description);
  const found: string[] = [];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const installed = findPackage(next, project);
    if (installed?.description[manifestKey] === undefined) continue;
    found.push(next);
    open.push(...needsOf(installed.description as PackedPlugin['description']));
  }
  const read = await readPlugins(found, join(project, 'cdkpipe.config.json'));
  const plugins = await Promise.all(read.map(({ plugin }) => withExampleOrBare(plugin, project)));
  return plugins.filter(({ kinds = [] }) => kinds.length > 0);
}
