/** `cdkpipe plugins:uninstall`: takes plugins out of the project. */
import { refused } from '@cdkpipe/core';
import { string as stringArgument } from '@oclif/core/args';
import { configFlag, PluginCommand } from '../../command/plugin-command.ts';
import { argumentsInvalid } from '../../problems/problems.ts';
import { print } from '../../terminal/print.ts';

export default class PluginsUninstall extends PluginCommand {
  static override summary = 'Take a plugin out of the project: the definition, package.json, and cdkpipe.lock.json.';
  static override description =
    'A plugin of which the definition still uses something is refused, with the lines. When anything fails, package.json, lock files and definition are as before.';
  static override examples = ['<%= config.bin %> <%= command.id %> @acme/cdkpipe-plugin-pager'];
  static override strict = false;
  static override args = {
    name: stringArgument({ required: true, description: 'Name of the plugin; several may be given.' }),
  };
  static override flags = configFlag;

  async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(PluginsUninstall);
    const names = [...new Set(argv.map(String))];
    const option = names.find((name) => name.startsWith('-'));
    if (option !== undefined) throw refused([argumentsInvalid(`"${option}" is not the name of a plugin`, this.id)]);
    const { openPluginProject } = await import('../../plugins/plugin-project.ts');
    const { uninstallPlugins } = await import('../../plugins/uninstall-plugins.ts');
    const { problemDocument } = await import('../../views/problem-document.ts');
    const { changeSummary } = await import('../../views/plugin-report.ts');
    const { paintFor } = await import('../../views/paint.ts');
    const project = await openPluginProject(process.cwd(), flags.config);
    const { byHand, warnings } = await this.inSteps(['uninstall', 'write'], (observe, signal) =>
      uninstallPlugins({ project, names, signal, observe }),
    );
    if (this.jsonEnabled()) return { removed: names, byHand, errors: [], warnings: warnings.map(problemDocument) };
    this.showWarnings(warnings);
    const done = names.map((name) => `${name} is gone`);
    print(process.stdout, changeSummary({ done, alsoLocked: [], byHand }, paintFor(process.stdout)));
    return undefined;
  }
}
