/** Loads the commands that one plugin brings, and nothing else of it: its oclif hooks would meddle with ours. */
import { Plugin } from '@oclif/core/config';

/** @param root directory of the installed package */
export async function loadCommandsOf(name: string, root: string): Promise<Plugin> {
  const plugin = new Plugin({ name, root, type: 'project' });
  await plugin.load();
  plugin.hooks = {};
  return plugin;
}
