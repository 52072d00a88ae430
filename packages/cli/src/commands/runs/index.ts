/** `cdkpipe runs`: what has been run here. */
import { integer, string } from '@oclif/core/flags';
import { CdkpipeCommand } from '../../command/cdkpipe-command.ts';

export default class Runs extends CdkpipeCommand {
  static override summary = 'List the runs of this project, the latest first.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    {
      description: 'What waits for a decision?',
      command: `<%= config.bin %> <%= command.id %> --json | jq '.runs[] | select(.status == "waiting") | .waitsFor'`,
    },
  ];
  static override flags = {
    config: string({
      description: 'File of the definition; the runs are searched from here upwards by default.',
      helpValue: 'FILE',
    }),
    limit: integer({ description: 'How many.', default: 20, min: 1 }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Runs);
    const [{ findStoreToList }, { readRun }, { runsDocument, showRuns }] = await Promise.all([
      import('../../runs/find-store.ts'),
      import('../../runs/run-status.ts'),
      import('../../views/runs-report.ts'),
    ]);
    const store = findStoreToList(flags.config);
    try {
      const document = runsDocument(
        store
          ? store
              .list()
              .slice(0, flags.limit)
              .map(({ id }) => readRun(store, id))
          : [],
      );
      if (this.jsonEnabled()) return document;
      showRuns(document);
      return undefined;
    } finally {
      store?.close();
    }
  }
}
