/** A plugin as the list of commands shows it: IDs alone, as summaries would need its code. */
import type { Command } from '@oclif/core/command';
import { Plugin } from '@oclif/core/config';

/** @param root directory of the installed package */
export function listedPlugin(name: string, root: string, ids: readonly string[]): Plugin {
  const plugin = new Plugin({ name, root, type: 'project' });
  Object.assign(plugin, { name, alias: name, root, type: 'project', version: '0.0.0', hooks: {}, valid: true });
  plugin.pjson = { name, version: '0.0.0', oclif: {} } as Plugin['pjson'];
  plugin.commands = ids.map((id) => listedCommand(id, name));
  return plugin;
}

function listedCommand(id: string, pluginName: string): Command.Loadable {
  return {
    id,
    summary: 'Comes from a plugin of this project.',
    aliases: [],
    hiddenAliases: [],
    args: {},
    flags: {},
    hidden: false,
    hasDynamicHelp: false,
    pluginName,
    pluginType: 'project',
    load: () => Promise.reject(new Error(`${id} is listed only`)),
  };
}
