/** `cdkpipe plugins`: lists the plugins of the project, and whether they are the locked ones. */
import { configFlag, PluginCommand } from '../../command/plugin-command.ts';
import { print } from '../../terminal/print.ts';

export default class Plugins extends PluginCommand {
  static override summary =
    "List the project's plugins: version, what they bring, and whether they are the locked ones.";
  static override description =
    'Reads package.json, node_modules and the lock files, and runs nothing of the plugins. Those that ship with cdkpipe itself are not listed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    {
      description: 'Name the plugins that are not as in cdkpipe.lock.json.',
      command: `<%= config.bin %> <%= command.id %> --json | jq -r '.plugins[] | select(.state != "locked") | .name'`,
    },
  ];
  static override flags = configFlag;

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Plugins);
    const { openPluginProject } = await import('../../plugins/plugin-project.ts');
    const { listPlugins } = await import('../../plugins/list-plugins.ts');
    const { pluginList } = await import('../../views/plugin-report.ts');
    const { paintFor } = await import('../../views/paint.ts');
    const plugins = listPlugins(await openPluginProject(process.cwd(), flags.config));
    if (this.jsonEnabled()) return { plugins, errors: [], warnings: [] };
    print(process.stdout, pluginList(plugins, paintFor(process.stdout)));
    return undefined;
  }
}
