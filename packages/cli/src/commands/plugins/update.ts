/** `cdkpipe plugins:update`: brings newer versions of plugins, after the same look as at new ones. */
import { string as stringArgument } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { configFlag, PluginCommand } from '../../command/plugin-command.ts';
import { print } from '../../terminal/print.ts';

export default class PluginsUpdate extends PluginCommand {
  static override summary = 'Bring newer versions of plugins into the project, after the same checks as at install.';
  static override description =
    'Shows each with its version now and then, marks new kinds, hooks and commands, and asks. Goes back to an earlier version only where that is named. Also accepts the installed version of a plugin that is not the locked one.';
  static override examples = [
    { description: 'All plugins.', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'One plugin, to a certain version.',
      command: '<%= config.bin %> <%= command.id %> @acme/cdkpipe-plugin-pager@1.3.0 --yes',
    },
  ];
  static override strict = false;
  static override args = {
    name: stringArgument({ description: 'Name of a plugin, with @VERSION if you like; several may be given.' }),
  };
  static override flags = {
    ...configFlag,
    yes: boolean({ char: 'y', description: 'Accept the versions without a question.' }),
  };

  async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(PluginsUpdate);
    const { openPluginProject } = await import('../../plugins/plugin-project.ts');
    const { findUpdates } = await import('../../plugins/find-updates.ts');
    const { changePlugins } = await import('../../plugins/change-plugins.ts');
    const { stepOf } = await import('../../plugins/steps.ts');
    const { problemDocument } = await import('../../views/problem-document.ts');
    const { changeSummary, pluginDocument } = await import('../../views/plugin-report.ts');
    const { paintFor } = await import('../../views/paint.ts');
    const project = await openPluginProject(process.cwd(), flags.config);
    const { due, upToDate, warnings } = await this.inSteps(['look up'], (observe, signal) =>
      stepOf(observe, 'look up', async () => {
        const { coreVersion, ownCommands } = this;
        const request = { project, allow: false, signal, coreVersion, ownCommands };
        const result = await findUpdates(argv.map(String), request);
        return { result, summary: `to update: ${result.due.length}, up to date: ${result.upToDate.length}` };
      }),
    );
    const examined = due.map(({ examination }) => examination);
    const from = new Map(due.map((update) => [update.examination.candidate.name, update.from]));
    await this.accept(examined, { yes: flags.yes, verb: 'Update to', currentOf: (name) => from.get(name) });
    const report =
      due.length === 0
        ? { alsoLocked: [], byHand: [], warnings: [] }
        : await this.inSteps(['install', 'load', 'write'], (observe, signal) =>
            changePlugins({ project, examined, list: false, ...this.installation, signal, observe }),
          );
    if (this.jsonEnabled())
      return {
        plugins: due.map((update) => pluginDocument(update.examination, update.from)),
        upToDate,
        alsoLocked: report.alsoLocked,
        byHand: report.byHand,
        errors: [],
        warnings: [...warnings, ...report.warnings].map(problemDocument),
      };
    this.showWarnings([...warnings, ...report.warnings]);
    const updated = due.map(
      ({ examination: { candidate }, from }) => `${candidate.name} ${from} → ${candidate.version}`,
    );
    const done = [...updated, ...upToDate.map((name) => `${name} is up to date`)];
    print(process.stdout, changeSummary({ ...report, done }, paintFor(process.stdout)));
    return undefined;
  }
}
