/** Gives a plugin that takes options those of an example, so that it can be tried. */
import { join } from 'node:path';
import type { Plugin } from '@cdkpipe/core';
import { configurePlugin } from '@cdkpipe/core/host';

const timeoutMs = 10_000;

/**
 * @param example by default the first; a plugin without examples gets no options
 * @throws CdkpipeError where the options are refused, or the plugin fails with them
 */
export function withExample(plugin: Plugin, project: string, example = plugin.examples?.[0]): Promise<Plugin> {
  const given = { path: 'plugins[0]', optionsPath: 'plugins[0].options', options: example?.options };
  return configurePlugin(plugin, given, join(project, 'cdkpipe.config.json'), { timeoutMs });
}

/** The same, or the plugin as it is where that fails: a check of its own tells why. */
export async function withExampleOrBare(plugin: Plugin, project: string): Promise<Plugin> {
  try {
    return await withExample(plugin, project);
  } catch {
    return plugin;
  }
}
