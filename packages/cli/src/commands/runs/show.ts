/** `cdkpipe runs:show`: what happened in a run, who decided, and what was printed. */
import { string } from '@oclif/core/flags';
import { CdkpipeCommand } from '../../command/cdkpipe-command.ts';
import { runArgument } from '../../command/run-argument.ts';
import { print } from '../../terminal/print.ts';
import { logText } from '../../terminal/printable.ts';

export default class Show extends CdkpipeCommand {
  static override summary = 'Show the timeline of a run, who decided what, and the log of a step.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261224-173000-3f9a',
    {
      description: 'What did the smoke test print?',
      command: '<%= config.bin %> <%= command.id %> 20261224-173000-3f9a --log Beta/Smoke',
    },
  ];
  static override args = { run: runArgument };
  static override flags = {
    config: string({
      description: 'File of the definition; the runs are searched from here upwards by default.',
      helpValue: 'FILE',
    }),
    log: string({ description: 'Print the log of this action instead.', helpValue: 'ACTION' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Show);
    const [{ findStoreToRead }, { readRun }, { readLog }, report] = await Promise.all([
      import('../../runs/find-store.ts'),
      import('../../runs/run-status.ts'),
      import('../../runs/read-log.ts'),
      import('../../views/run-report.ts'),
    ]);
    const store = findStoreToRead(flags.config);
    try {
      const view = readRun(store, args.run);
      if (flags.log !== undefined) {
        const log = readLog(store.directory, view, flags.log);
        if (this.jsonEnabled()) return { run: view.id, action: flags.log, log };
        print(process.stdout, logText(log));
        return undefined;
      }
      const records = store.read(view.id);
      if (this.jsonEnabled()) return report.runDocument(view, records);
      report.showRun(view);
      return undefined;
    } finally {
      store.close();
    }
  }
}
