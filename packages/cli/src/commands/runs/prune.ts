/** `cdkpipe runs:prune`: removes runs that nobody needs any more. */
import { boolean, integer, string } from '@oclif/core/flags';
import { CdkpipeCommand } from '../../command/cdkpipe-command.ts';

export default class Prune extends CdkpipeCommand {
  static override summary = 'Remove old runs, and the working directories of runs that have ended.';
  static override description =
    `Removes rehearsals with their journals, logs and assemblies: all but the newest with --keep, those in which nothing has happened for a time with --older-than, or with both only those that both name. Without either no run is removed, only the working directories of ended runs: source, build and outputs of steps, which nothing reads any more.

A run that is at work or waits for an answer is never removed. Real runs are kept, as their journals say who approved what and a rollback needs what they have stored, unless --deploy is given. One that was interrupted counts as a run that nobody resumes.

When a run ends, cdkpipe does the same by itself for rehearsals; "backends.local.keep" in the definition says how many of each pipeline stay, 20 by default.`;
  static override examples = [
    {
      description: 'How much would it free?',
      command: '<%= config.bin %> <%= command.id %> --keep 3 --dry-run',
    },
    {
      description: 'Rehearsals and real runs in which nothing has happened for half a year.',
      command: '<%= config.bin %> <%= command.id %> --older-than 26w --deploy',
    },
  ];
  static override flags = {
    config: string({
      description: 'File of the definition; the runs are searched from here upwards by default.',
      helpValue: 'FILE',
    }),
    keep: integer({ description: 'Keep the newest N runs of each pipeline.', min: 0, helpValue: 'N' }),
    'older-than': string({
      description: 'Remove only runs in which nothing has happened for this long, such as 12h, 30d or 8w.',
      helpValue: 'AGE',
    }),
    deploy: boolean({ description: 'Remove real runs too; they cannot be rolled back afterwards.' }),
    'dry-run': boolean({ description: 'Remove nothing; say what would be removed.' }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Prune);
    const [{ findStore }, { pruneRuns }, { parseAge }, { refuseInsideStep }, report, { refuseIfAny }] =
      await Promise.all([
        import('../../runs/find-store.ts'),
        import('@cdkpipe/backend-local/engine'),
        import('../../runs/parse-age.ts'),
        import('../../runs/refuse-inside-step.ts'),
        import('../../views/prune-report.ts'),
        import('@cdkpipe/core'),
      ]);
    refuseInsideStep('runs:prune');
    const isDry = flags['dry-run'] === true;
    const age = flags['older-than'];
    const before = age === undefined ? undefined : parseAge(age, new Date());
    const store = findStore(flags.config);
    try {
      const pruned = await pruneRuns({
        store,
        real: flags.deploy === true,
        keepFailed: false,
        measure: true,
        dryRun: isDry,
        ...(flags.keep === undefined ? {} : { keep: flags.keep }),
        ...(before === undefined ? {} : { before }),
      });
      const document = report.pruneDocument(pruned, isDry);
      if (!this.jsonEnabled()) report.showPruned(document);
      refuseIfAny(pruned.problems);
      return document;
    } finally {
      store.close();
    }
  }
}
