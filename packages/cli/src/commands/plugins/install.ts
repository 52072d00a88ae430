/** `cdkpipe plugins:install`: adds a plugin to the project, after a look at what it is. */
import { string as stringArgument } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { configFlag, PluginCommand } from '../../command/plugin-command.ts';
import { print } from '../../terminal/print.ts';

export default class PluginsInstall extends PluginCommand {
  static override summary = 'Add a plugin to the project: package.json, the definition, and cdkpipe.lock.json.';
  static override description =
    `Before anything is installed, the registry's metadata and the tarball are read: what is no plugin of a known protocol, does not fit, has install scripts, brings its own aws-cdk-lib, or brings a kind, backend or command that the project has is refused. Then it is shown, and you are asked.

The package manager of the project installs it, exact version, install scripts off. When anything fails, package.json, lock files and definition are as before.

Without a NAME it writes what is missing in cdkpipe.lock.json for the plugins that the project has.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> @acme/cdkpipe-plugin-pager',
    {
      description: 'A certain version, without a question.',
      command: '<%= config.bin %> <%= command.id %> @acme/cdkpipe-plugin-pager@1.2.0 --yes',
    },
    {
      description: 'A tarball that did not come from a registry.',
      command: '<%= config.bin %> <%= command.id %> ./acme-cdkpipe-plugin-pager-1.2.0.tgz --allow',
    },
    {
      description: 'A tag of a git repository that needs no build; the lock names its commit.',
      command: '<%= config.bin %> <%= command.id %> github:acme/cdkpipe-plugin-pager#v1.2.0 --allow',
    },
  ];
  static override args = {
    name: stringArgument({ description: 'npm name of the plugin, with @VERSION or a tag if you like.' }),
  };
  static override flags = {
    ...configFlag,
    yes: boolean({ char: 'y', description: 'Accept the plugin without a question.' }),
    allow: boolean({ description: 'Allow a source other than a registry: git, a URL, a tarball.' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(PluginsInstall);
    const { openPluginProject } = await import('../../plugins/plugin-project.ts');
    const { changePlugins, writeLock } = await import('../../plugins/change-plugins.ts');
    const { problemDocument } = await import('../../views/problem-document.ts');
    const { changeSummary, pluginDocument } = await import('../../views/plugin-report.ts');
    const { paintFor } = await import('../../views/paint.ts');
    const project = await openPluginProject(process.cwd(), flags.config);
    const { name } = args;
    if (name === undefined) {
      const alsoLocked = writeLock(project, new Map());
      if (this.jsonEnabled()) return { plugins: [], alsoLocked, byHand: [], errors: [], warnings: [] };
      const done = [alsoLocked.length > 0 ? 'cdkpipe.lock.json is complete' : 'cdkpipe.lock.json was complete'];
      print(process.stdout, changeSummary({ done, alsoLocked, byHand: [] }, paintFor(process.stdout)));
      return undefined;
    }

    const { examinePlugin } = await import('../../plugins/examine-plugin.ts');
    const { stepOf } = await import('../../plugins/steps.ts');
    const examined = await this.inSteps(['look up'], (observe, signal) =>
      stepOf(observe, 'look up', async () => {
        const result = await examinePlugin(name, {
          project,
          allow: flags.allow,
          signal,
          coreVersion: this.coreVersion,
          ownCommands: this.ownCommands,
        });
        return { result, summary: `${result.candidate.name} ${result.candidate.version}` };
      }),
    );
    const current = versionIn(project.lock[examined.candidate.name]);
    await this.accept([examined], { yes: flags.yes, verb: 'Install', currentOf: () => current });
    const report = await this.inSteps(['install', 'load', 'write'], (observe, signal) =>
      changePlugins({ project, examined: [examined], list: true, ...this.installation, signal, observe }),
    );
    if (this.jsonEnabled())
      return {
        plugins: [pluginDocument(examined, current)],
        alsoLocked: report.alsoLocked,
        byHand: report.byHand,
        errors: [],
        warnings: report.warnings.map(problemDocument),
      };
    this.showWarnings(report.warnings);
    const done = [`${examined.candidate.name} ${examined.candidate.version} is installed and locked`];
    print(process.stdout, changeSummary({ ...report, done }, paintFor(process.stdout)));
    return undefined;
  }
}

function versionIn(entry: object | undefined): string | undefined {
  return entry && 'version' in entry && typeof entry.version === 'string' ? entry.version : undefined;
}
