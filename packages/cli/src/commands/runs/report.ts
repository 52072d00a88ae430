/** `cdkpipe runs:report`: the evidence of a run as one file. */
import { resolve } from 'node:path';
import { boolean, string } from '@oclif/core/flags';
import { CdkpipeCommand } from '../../command/cdkpipe-command.ts';
import { runArgument } from '../../command/run-argument.ts';
import { printLine } from '../../terminal/print.ts';
import { printable } from '../../terminal/printable.ts';

export default class Report extends CdkpipeCommand {
  static override summary = 'Write a run into one HTML file: how it ended, graph, timeline, decisions and logs.';
  static override description =
    'The file loads nothing and runs no script. It holds the logs, so only its owner may read it.';
  static override examples = ['<%= config.bin %> <%= command.id %> 20261224-173000-3f9a --html release.html --open'];
  static override args = { run: runArgument };
  static override flags = {
    config: string({
      description: 'File of the definition; the runs are searched from here upwards by default.',
      helpValue: 'FILE',
    }),
    html: string({ description: 'File to write; one that exists is replaced.', helpValue: 'FILE', required: true }),
    open: boolean({ description: 'Open the file with the program that this machine has for it.' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Report);
    const [{ findStoreToRead }, { readRun }, { findLog }, { runPage }, { writeBeside }] = await Promise.all([
      import('../../runs/find-store.ts'),
      import('../../runs/run-status.ts'),
      import('../../runs/read-log.ts'),
      import('../../run-page/run-page.ts'),
      import('../../graph-file/write-beside.ts'),
    ]);
    const store = findStoreToRead(flags.config);
    try {
      const view = readRun(store, args.run);
      const page = runPage(view, store.read(view.id), (action) => findLog(store.directory, view.id, action));
      const file = resolve(flags.html);
      writeBeside('--html', file, page, 0o600);
      const opened = flags.open ? await (await import('../../runs/open-file.ts')).openFile(file) : undefined;
      if (this.jsonEnabled()) return { run: view.id, file, ...(opened === undefined ? {} : { opened }) };
      printLine(process.stdout, printable`${file}`);
      if (opened === false)
        printLine(process.stderr, printable`no program of this machine has opened it: open it in a browser`);
      return undefined;
    } finally {
      store.close();
    }
  }
}
