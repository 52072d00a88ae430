/** `cdkpipe plugins:search`: finds plugins in the registry of the project. */
import { string } from '@oclif/core/args';
import { integer } from '@oclif/core/flags';
import { CdkpipeCommand } from '../../command/cdkpipe-command.ts';
import { interruptible } from '../../process/interruption.ts';
import { print } from '../../terminal/print.ts';

export default class PluginsSearch extends CdkpipeCommand {
  static override summary =
    'Find plugins in the registry: what they bring, their protocol, downloads and last release.';
  static override description =
    'Searches the registry of .npmrc for packages with the keyword cdkpipe-plugin, and reads the package.json of each. Nothing is installed, and no code of a plugin runs. Without a WORD it lists all.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> pager',
    {
      description: 'Names of those with hooks, for a script.',
      command: `<%= config.bin %> <%= command.id %> --json | jq -r '.plugins[] | select(.manifest.hooks != []) | .name'`,
    },
  ];
  static override strict = false;
  static override args = {
    word: string({ name: 'WORD', description: 'Words that name, description, keywords or kinds must have.' }),
  };
  static override flags = {
    limit: integer({ description: 'How many results of the registry are looked at.', default: 20, min: 1, max: 250 }),
  };

  async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(PluginsSearch);
    const { readNpmSettings } = await import('../../registry/npm-settings.ts');
    const { searchPlugins } = await import('../../registry/search-plugins.ts');
    const found = await interruptible(async (signal) => {
      const settings = await readNpmSettings(process.cwd(), process.cwd(), signal);
      return searchPlugins(argv.map(String), flags.limit, settings);
    });
    if (this.jsonEnabled()) return { ...found, errors: [], warnings: [] };
    const { searchView } = await import('../../views/search-report.ts');
    const { paintFor } = await import('../../views/paint.ts');
    print(process.stdout, searchView(found, process.stdout.columns ?? 80, paintFor(process.stdout)));
    return undefined;
  }
}
