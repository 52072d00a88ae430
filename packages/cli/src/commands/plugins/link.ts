/** `cdkpipe plugins:link`: uses a plugin under development in the project, without publishing it. */
import { resolve } from 'node:path';
import { string } from '@oclif/core/args';
import { configFlag, PluginCommand } from '../../command/plugin-command.ts';
import { print } from '../../terminal/print.ts';

export default class PluginsLink extends PluginCommand {
  static override summary = 'Use a plugin under development in the project, from its directory.';
  static override description =
    `The package manager of the project links the directory, so that what you build there is used at once: link: with pnpm and yarn 1, portal: with later yarns, file: with npm. The plugin is added to package.json and to the definition, and cdkpipe.lock.json says that it is linked.

Build the plugin first, as its package.json says which file is loaded. --frozen, and run --deploy where the project has a lock, refuse linked plugins unless --allow-linked is given. plugins:install NAME replaces the link by a published version, plugins:uninstall NAME removes it.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> ../cdkpipe-plugin-pager',
    {
      description: 'Build at each change, in the directory of the plugin, beside it.',
      command: 'npx tsc --build --watch',
    },
  ];
  static override args = {
    directory: string({
      name: 'DIRECTORY',
      required: true,
      description: "Directory of the plugin's package.",
    }),
  };
  static override flags = configFlag;

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(PluginsLink);
    const { openPluginProject } = await import('../../plugins/plugin-project.ts');
    const { linkPlugin } = await import('../../plugins/link-plugin.ts');
    const { problemDocument } = await import('../../views/problem-document.ts');
    const { changeSummary } = await import('../../views/plugin-report.ts');
    const { paintFor } = await import('../../views/paint.ts');
    const project = await openPluginProject(process.cwd(), flags.config);
    const directory = resolve(args.directory);
    const { name, version, linked, manifest, alsoLocked, byHand, warnings } = await this.inSteps(
      ['install', 'load', 'write'],
      (observe, signal) => linkPlugin({ project, directory, ...this.installation, signal, observe }),
    );
    if (this.jsonEnabled())
      return {
        plugin: { name, version, linked, ...manifest },
        alsoLocked,
        byHand,
        errors: [],
        warnings: warnings.map(problemDocument),
      };
    this.showWarnings(warnings);
    const done = [`${name} ${version} is linked from ${linked}`];
    print(process.stdout, changeSummary({ done, alsoLocked, byHand }, paintFor(process.stdout)));
    return undefined;
  }
}
