/** `cdkpipe run`: the pipeline on this machine. */
import type { Pipeline, Problem } from '@cdkpipe/core';
import { boolean, integer, string } from '@oclif/core/flags';
import { runBackend } from '../backends/built-in-backends.ts';
import { CdkpipeCommand } from '../command/cdkpipe-command.ts';
import { contextOptions } from '../command/context-flag.ts';
import { watchingForExit } from '../command/early-exit.ts';
import { projectRequestOf } from '../command/project-request.ts';
import { reportFailure } from '../command/report-failure.ts';
import { Interruption, toFailure } from '../problems/failure.ts';
import { interruptedCode } from '../process/signals.ts';
import { writeLine } from '../process/stdout-document.ts';
import { print } from '../terminal/print.ts';
import { failureDocument } from '../views/problem-document.ts';

/** On stderr, in every form of output. */
async function showWarnings(warnings: readonly Problem[]): Promise<void> {
  const [{ warningsView }, { paintFor }] = await Promise.all([
    import('../views/problems.ts'),
    import('../views/paint.ts'),
  ]);
  print(process.stderr, warningsView(warnings, paintFor(process.stderr)));
}

/** What each end of a run tells the shell. */
const exitCodes = { succeeded: 0, failed: 1, rejected: 1, waiting: 5, interrupted: 130 } as const;

export default class Run extends CdkpipeCommand {
  static override summary = 'Run the pipeline on this machine, durably.';
  static override baseFlags = {
    ...CdkpipeCommand.baseFlags,
    json: boolean({
      description: 'Print what happens on stdout, one JSON document a line, and nothing else there.',
      helpGroup: 'GLOBAL',
    }),
  };
  static override description =
    `Builds from the working tree in a clean environment, plans from what was built, and carries out the plan: what may happen at the same time does. A rehearsal touches no account; it shows real differences between templates and runs the real checks. Without --deploy every run is a rehearsal, on a terminal or not.

With --deploy it is real: assets are published, change sets are made, and exactly those are executed, with the roles of the bootstrap stacks and the credentials of the default chain of the AWS SDK. It says first what it will change and asks; where nobody can be asked, as in CI or with --json, it needs --yes. Where the project has a cdkpipe.lock.json, plugins must be those of it then, unless --no-frozen is given.

Every step is written down before the next begins. Whatever stops the run, "cdkpipe run --resume ID" goes on: nothing that has finished is done again.

Exit codes: 0 succeeded, 1 failed or rejected, 2 the definition or the arguments are wrong, 3 a plugin failed, 5 waits for an approval, 70 our own fault, 130 interrupted.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> --rehearse',
    {
      description: 'Use the assembly in cdk.out, and see what happens when the smoke test fails.',
      command: '<%= config.bin %> <%= command.id %> --rehearse --skip-build --fail Beta/Smoke',
    },
    {
      description: 'Deploy for real, with the credentials of a profile.',
      command: 'AWS_PROFILE=release <%= config.bin %> <%= command.id %> --deploy',
    },
    {
      description: 'The same in CI, where nobody can be asked.',
      command: '<%= config.bin %> <%= command.id %> --deploy --yes --json',
    },
    {
      description: 'Run a smoke test that failed once more, and go on.',
      command: '<%= config.bin %> <%= command.id %> --rehearse --retry latest',
    },
    {
      description: 'Go on after an interruption or an approval.',
      command: '<%= config.bin %> <%= command.id %> --rehearse --resume 20261224-173000-3f9a',
    },
  ];
  static override flags = {
    config: string({
      description: 'File of the definition; searched from here upwards by default.',
      helpValue: 'FILE',
    }),
    rehearse: boolean({ description: 'Touch no AWS account; the default.', exclusive: ['deploy'] }),
    deploy: boolean({ description: 'Deploy for real, to the accounts of the definition.', exclusive: ['rehearse'] }),
    frozen: boolean({
      description:
        'Refuse plugins that are not those of cdkpipe.lock.json; the default with --deploy, where the project has that file.',
      allowNo: true,
    }),
    'allow-linked': boolean({
      description: 'Where drift is refused: accept plugins that plugins:link has linked from their directory.',
    }),
    yes: boolean({ char: 'y', description: 'Deploy without a question.', dependsOn: ['deploy'] }),
    resume: string({ description: 'Go on with a run that was interrupted or waits.', helpValue: 'RUN' }),
    retry: string({
      description: 'Run what failed in a run again, and what it held back; nothing that has succeeded is done twice.',
      helpValue: 'RUN',
      exclusive: ['resume', 'skip-build', 'variable', 'context'],
    }),
    'skip-build': boolean({ description: 'Use the cloud assembly that lies in the output directory of the build.' }),
    variable: string({
      description:
        'Set a variable that the definition declares; kept in the journal as it is, so no place for secrets.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME=VALUE',
      exclusive: ['resume'],
    }),
    context: string({
      ...contextOptions,
      description: 'Set a value of the CDK context, which `cdkpipe synth` in the build reads; kept in the journal.',
      exclusive: ['resume', 'skip-build'],
    }),
    concurrency: integer({
      description: 'How many actions may run at the same time.',
      default: 8,
      min: 1,
      max: 256,
      helpValue: 'N',
    }),
    'accept-change': boolean({ description: 'Go on although the definition has changed since the run began.' }),
    fail: string({
      description: 'Make an action fail, such as ProdEu/Api:execute; in rehearsals only.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'ACTION',
    }),
    alarm: string({
      description: 'Make an alarm go off that a step watches; in rehearsals only.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME',
    }),
    'skip-waits': boolean({
      description: 'Pass over what only waits for time, such as a window or a bake; in rehearsals only.',
    }),
    approve: string({
      description: 'Approve a step as soon as it asks; * for every one.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'STEP',
    }),
    reject: string({
      description: 'Reject a step as soon as it asks.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'STEP',
    }),
    at: string({ description: "Set the run's clock; in rehearsals only.", helpValue: '2026-12-24T17:30Z' }),
    user: string({ description: "Who answers; the account's name by default.", helpValue: 'NAME' }),
  };

  /** The run that was begun or resumed, which can go on whatever happens to this process. */
  private opened: { readonly run: string; readonly mode: 'rehearsal' | 'deploy' } | undefined;

  async run(): Promise<void> {
    const { flags } = await this.parse(Run);
    const [
      { findOverrun, guardingProcess, openProject, pluginExitFault },
      engine,
      deployers,
      { catchSignals },
      { thisPerson },
      { parseTime },
      { parseVariables },
    ] = await Promise.all([
      import('@cdkpipe/core/host'),
      import('@cdkpipe/backend-local/engine'),
      import('@cdkpipe/deployer-cloudformation'),
      import('../runs/two-signals.ts'),
      import('../runs/person.ts'),
      import('../runs/parse-time.ts'),
      import('../runs/parse-variables.ts'),
    ]);
    const { runEvents, runLines } = await import('../views/run-view.ts');
    if ((flags.resume ?? flags.retry) !== undefined)
      (await import('../runs/refuse-inside-step.ts')).refuseInsideStep(
        flags.retry === undefined ? 'run --resume' : 'run --retry',
      );
    const at = flags.at === undefined ? undefined : parseTime(flags.at);
    const isWatched = process.stdout.isTTY && process.stderr.isTTY && !this.jsonEnabled();
    const screen = isWatched ? (await import('../views/run-screen.ts')).runScreen() : undefined;
    const display = screen ?? (this.jsonEnabled() ? runEvents(writeLine) : runLines());
    const signals = catchSignals(() => display.onStop());
    const watch = {
      report: (error: unknown) =>
        this.jsonEnabled() ? this.writeFailure(error) : reportFailure(error, this.reportOptions),
      giveBack: display.abandon,
      pluginFault: pluginExitFault,
      overrun: findOverrun,
    };
    let file: string | undefined;
    const onDefinition = (found: string) => {
      file = found;
    };
    try {
      const request = await projectRequestOf(
        {
          config: flags.config,
          backend: runBackend,
          context: flags.context,
          frozen: flags.frozen ?? (flags.deploy ? 'whereLocked' : false),
          'allow-linked': flags['allow-linked'],
        },
        this.config,
      );
      let store = '';
      const report = await watchingForExit(watch, () =>
        guardingProcess(signals.stop, async (stop) => {
          const project = await openProject({ ...request, signal: stop, observe: display.onPhase, onDefinition });
          store = engine.storeDirectory(project.directory);
          if (project.warnings.length > 0) await showWarnings(project.warnings);
          const isTerminal = process.stdin.isTTY && process.stderr.isTTY && !this.jsonEnabled();
          if (flags.deploy) await this.confirmDeployment(deployers, project.pipeline, flags.yes, isTerminal);
          const terminal =
            isTerminal && (await import('../views/ask-approver.ts')).terminalOf(signals.interrupt, screen?.aside);
          return engine.runPipeline({
            project,
            makeDeployer: ({ directory, pipeline: { name: pipeline, rehearsal } }, store) =>
              flags.deploy
                ? deployers.cloudFormationDeployer({ store })
                : deployers.rehearsalDeployer({ store, pipeline, projectDirectory: directory, rehearsal }),
            ...(flags.resume === undefined ? {} : { resume: flags.resume }),
            ...(flags.retry === undefined ? {} : { resume: flags.retry, retry: true }),
            skipBuild: flags['skip-build'],
            concurrency: flags.concurrency,
            acceptChange: flags['accept-change'],
            variables: parseVariables(flags.variable ?? []),
            context: request.context ?? {},
            faults: flags.fail ?? [],
            alarms: flags.alarm ?? [],
            skipWaits: flags['skip-waits'],
            ...(at ? { at } : {}),
            person: thisPerson(flags.user),
            ...(terminal ? { terminal } : {}),
            answers: [
              ...(flags.reject ?? []).map((step) => ({ step, decision: 'reject' as const })),
              ...(flags.approve ?? []).map((step) => ({ step, decision: 'approve' as const })),
            ],
            stop,
            kill: signals.kill,
            environment: process.env,
            observe: (news) => {
              if (news.type === 'run') this.opened = news;
              display.onNews(news);
            },
          });
        }),
      );
      await display.end();
      const exitCode = signals.stop.aborted ? interruptedCode : exitCodes[report.end];
      process.exitCode = exitCode;
      if (this.jsonEnabled()) writeLine({ type: 'result', run: report.run, end: report.end, exitCode });
      else {
        const [{ showClosing }, { findLog }] = await Promise.all([
          import('../views/run-closing.ts'),
          import('../runs/read-log.ts'),
        ]);
        showClosing(report, (action) => findLog(store, report.run, action));
      }
    } catch (error) {
      await display.end();
      if (signals.stop.aborted) throw new Interruption('interrupted', { cause: error });
      throw (await import('../locate/locate-problems.ts')).withPlaces(error, file);
    } finally {
      signals.giveBack();
    }
  }

  private async confirmDeployment(
    { requireCredentials }: typeof import('@cdkpipe/deployer-cloudformation'),
    pipeline: Pipeline,
    yes: boolean,
    canAsk: boolean,
  ): Promise<void> {
    await requireCredentials();
    const [{ deployNotice }, { confirmReality }] = await Promise.all([
      import('../views/deploy-notice.ts'),
      import('../views/confirm-reality.ts'),
    ]);
    const what = `the deployment of ${pipeline.name}`;
    await confirmReality({ notice: deployNotice(pipeline), what, question: 'Deploy for real?', yes, canAsk });
  }

  /** The stream has its own last line. */
  override logJson(): void {}

  override async catch(error: unknown): Promise<void> {
    if (!this.jsonEnabled()) {
      await super.catch(error);
      if (this.opened) print(process.stderr, (await import('../views/run-closing.ts')).howToGoOn(this.opened));
      return;
    }
    this.parsed = true;
    this.writeFailure(error);
  }

  /** The last line of the stream. */
  private writeFailure(error: unknown): void {
    const failure = toFailure(this.reword(error));
    process.exitCode = failure.exitCode;
    const run = this.opened && { run: this.opened.run };
    writeLine({ type: 'failure', exitCode: failure.exitCode, ...run, ...failureDocument(failure) });
    if (this.reportOptions.debug) reportFailure(error, { json: false, debug: true });
  }
}
