/** `cdkpipe runs:report`: the evidence of a run as one file. */
import { chmodSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { refused } from '@cdkpipe/core';
import { string as stringArgument } from '@oclif/core/args';
import { string } from '@oclif/core/flags';
import { CdkpipeCommand } from '../../cdkpipe-command.ts';
import { flagInvalid } from '../../problems.ts';
import { printLine } from '../../terminal/print.ts';
import { printable } from '../../terminal/printable.ts';

export default class Report extends CdkpipeCommand {
  static override summary = 'Write a run into one HTML file: graph, timeline, decisions and logs.';
  static override description =
    'The file loads nothing and runs no script. It holds the logs, so only its owner may read it.';
  static override examples = ['<%= config.bin %> <%= command.id %> 20261224-173000-3f9a --html release.html'];
  static override args = { run: stringArgument({ description: 'ID of the run.', required: true }) };
  static override flags = {
    config: string({
      description: 'File of the definition; the runs are searched from here upwards by default.',
      helpValue: 'FILE',
    }),
    html: string({ description: 'File to write; one that exists is replaced.', helpValue: 'FILE', required: true }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Report);
    const [{ findStoreToRead }, { readRun }, { findLog }, { runPage }] = await Promise.all([
      import('../../runs/find-store.ts'),
      import('../../runs/run-status.ts'),
      import('../../runs/read-log.ts'),
      import('../../views/run-page.ts'),
    ]);
    const store = findStoreToRead(flags.config);
    try {
      const view = readRun(store, args.run);
      const page = runPage(view, store.read(args.run), (action) => findLog(store.directory, view, action));
      const file = resolve(flags.html);
      writePrivately(file, page);
      if (this.jsonEnabled()) return { run: view.id, file };
      printLine(process.stdout, printable`${file}`);
      return undefined;
    } finally {
      store.close();
    }
  }
}

function writePrivately(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
    chmodSync(file, 0o600);
  } catch (cause) {
    throw refused([flagInvalid('--html', file, 'a file that can be written')], { cause });
  }
}
