/** `cdkpipe rollback`: takes back what a run has deployed. */
import { boolean, integer, string } from '@oclif/core/flags';
import { runBackend } from '../backends/built-in-backends.ts';
import { CdkpipeCommand } from '../command/cdkpipe-command.ts';
import { runArgument } from '../command/run-argument.ts';
import { Interruption } from '../problems/failure.ts';
import { printLine } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';

/** What each end of a rollback tells the shell. */
const exitCodes = { complete: 0, incomplete: 1, interrupted: 130 } as const;

export default class Rollback extends CdkpipeCommand {
  static override summary = 'Roll back what a run has deployed, in reverse order.';
  static override description =
    `Each stack that the run has executed is deployed again with the template, parameters and tags that it had before the run; what was executed last goes back first. Nothing is deleted: a stack that the run created stays, and you are told. A stack that somebody has changed since is not touched.

A rollback of a rehearsal is a rehearsal. A real one asks before it begins; where nobody can be asked it needs --yes. A run that is at work is refused, one that was interrupted or waits is ended by it. When and by whom it was done is in the journal of the run; what was interrupted goes on when the same command is given again.

Exit codes: 0 every stack is as it was before the run, 1 some are not, 2 refused, 130 interrupted.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261224-173000-3f9a',
    {
      description: 'One deployment of it, without a question.',
      command:
        '<%= config.bin %> <%= command.id %> 20261224-173000-3f9a --deployment ProdEu --yes --reason "orders are lost"',
    },
  ];
  static override args = { run: runArgument };
  static override flags = {
    config: string({
      description: 'File of the definition; searched from here upwards by default.',
      helpValue: 'FILE',
    }),
    deployment: string({
      description: 'Roll back this deployment only; may be given more than once.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME',
    }),
    yes: boolean({ char: 'y', description: 'Do not ask.' }),
    reason: string({ description: 'Why; kept in the journal.', helpValue: 'TEXT' }),
    'accept-change': boolean({ description: 'Go on although the definition has changed since the run.' }),
    concurrency: integer({
      description: 'How many stacks may go back at the same time.',
      default: 8,
      min: 1,
      max: 256,
      helpValue: 'N',
    }),
    user: string({ description: "Who does it; the account's name by default.", helpValue: 'NAME' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Rollback);
    const [{ openProject }, engine, deployers, { projectRequestOf }, { catchSignals }, { thisPerson }] =
      await Promise.all([
        import('@cdkpipe/core/host'),
        import('@cdkpipe/backend-local/engine'),
        import('@cdkpipe/deployer-cloudformation'),
        import('../command/project-request.ts'),
        import('../runs/two-signals.ts'),
        import('../runs/person.ts'),
      ]);
    (await import('../runs/refuse-inside-step.ts')).refuseInsideStep('rollback');
    const [{ runLines }, { rollbackNotice, showRollback }, { confirmReality }] = await Promise.all([
      import('../views/run-view.ts'),
      import('../views/rollback-report.ts'),
      import('../views/confirm-reality.ts'),
    ]);
    const display = runLines();
    const canAsk = process.stdin.isTTY && process.stderr.isTTY && !this.jsonEnabled();
    const signals = catchSignals(() =>
      printLine(process.stderr, printable`stopping: what goes back may end; press Ctrl-C again to end it by force`),
    );
    try {
      const request = await projectRequestOf({ config: flags.config, backend: runBackend }, this.config);
      const observePhase = this.jsonEnabled() ? () => {} : display.onPhase;
      const project = await openProject({ ...request, signal: signals.stop, observe: observePhase });
      const report = await engine.rollBackRun({
        project,
        run: args.run,
        deployments: flags.deployment ?? [],
        acceptChange: flags['accept-change'],
        concurrency: flags.concurrency,
        person: thisPerson(flags.user),
        ...(flags.reason === undefined ? {} : { reason: flags.reason }),
        makeDeployer: async (mode, store) => {
          const { directory, pipeline } = project;
          const { name, rehearsal } = pipeline;
          if (mode === 'rehearsal')
            return deployers.rehearsalDeployer({ store, pipeline: name, projectDirectory: directory, rehearsal });
          await deployers.requireCredentials();
          return deployers.cloudFormationDeployer({ store });
        },
        confirm: async (preview) => {
          if (preview.mode === 'rehearsal') return;
          await confirmReality({
            notice: rollbackNotice(preview),
            what: `the rollback of ${preview.run}`,
            question: 'Roll them back?',
            yes: flags.yes,
            canAsk,
          });
        },
        stop: signals.stop,
        kill: signals.kill,
        environment: process.env,
        observe: this.jsonEnabled() ? () => {} : display.onNews,
      });
      process.exitCode = exitCodes[report.end];
      if (this.jsonEnabled()) return report;
      showRollback(report);
      return undefined;
    } catch (error) {
      throw signals.stop.aborted ? new Interruption('interrupted', { cause: error }) : error;
    } finally {
      signals.giveBack();
    }
  }
}
