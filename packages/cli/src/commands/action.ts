/** `cdkpipe action`: one action of the plan, alone. */
import { resolve } from 'node:path';
import { refused, stateDirectory } from '@cdkpipe/core';
import { string as stringArgument } from '@oclif/core/args';
import { boolean, string } from '@oclif/core/flags';
import { runBackend } from '../backends/built-in-backends.ts';
import { CdkpipeCommand } from '../command/cdkpipe-command.ts';
import { nodeUnknown } from '../problems/problems.ts';
import { interruptible } from '../process/interruption.ts';
import { print } from '../terminal/print.ts';

export default class Action extends CdkpipeCommand {
  static override summary = 'Carry out one action of the plan, alone: publish, prepare or execute.';
  static override description =
    `Reads the cloud assembly that a build has left, plans from it, and carries out the action NODE of that plan with the deployer of cdkpipe run. Nothing is kept of it, nothing is done that comes before it, and no gate is asked: it is for CI systems and scripts that have done all that. The gates that hold the action back are named before it begins.

Without --deploy it is a rehearsal, which touches no account. A prepare prints its change set with --json; the execute of the same stack takes that document with --prepared, and executes nothing else.

Exit codes: 0 done, 2 refused or failed by what the message says, 70 our own fault, 130 interrupted.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> Beta/Api:prepare --json > api.json',
    {
      description: 'Execute exactly that change set.',
      command: '<%= config.bin %> <%= command.id %> Beta/Api:execute --prepared api.json',
    },
    {
      description: 'Publish for real, in a job of CI.',
      command:
        '<%= config.bin %> <%= command.id %> Beta:publish/222222222222/eu-west-1 --deploy --yes --run "$GITHUB_RUN_ID" --json',
    },
  ];
  static override args = {
    node: stringArgument({
      name: 'NODE',
      description: 'ID of the action, as cdkpipe plan --json has it.',
      required: true,
    }),
  };
  static override flags = {
    config: string({
      description: 'File of the definition; searched from here upwards by default.',
      helpValue: 'FILE',
    }),
    assembly: string({
      description: 'Directory of the cloud assembly; by default the output directory of the build.',
      helpValue: 'DIR',
    }),
    deploy: boolean({ description: 'Work on real accounts.' }),
    yes: boolean({ char: 'y', description: 'Do so without a question.', dependsOn: ['deploy'] }),
    prepared: string({
      description: 'What the prepare of the same stack has printed with --json.',
      helpValue: 'FILE',
    }),
    run: string({
      description: 'Name of the change set: a prepare of the same name takes the place of an earlier one.',
      default: 'action',
      helpValue: 'NAME',
    }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Action);
    const [{ openProject }, deployers, carryOut, { readPrepared }, { projectRequestOf }, { checkRunName }, views] =
      await Promise.all([
        import('@cdkpipe/core/host'),
        import('@cdkpipe/deployer-cloudformation'),
        import('../carry-out/carry-out-node.ts'),
        import('../carry-out/read-prepared.ts'),
        import('../command/project-request.ts'),
        import('../carry-out/run-name.ts'),
        import('../views/carried-out.ts'),
      ]);
    (await import('../runs/refuse-inside-step.ts')).refuseInsideStep('action');
    const run = checkRunName(flags.run);
    const mode = flags.deploy ? 'deploy' : 'rehearsal';
    const done = await interruptible(async (signal) => {
      const request = await projectRequestOf({ config: flags.config, backend: runBackend }, this.config);
      const project = await openProject({ ...request, signal });
      const directory = resolve(flags.assembly ?? resolve(project.sourceRoot, project.pipeline.build.output));
      project.checkAssembly(directory);
      const { plan, assembly } = await project.planFrom(directory);
      const found = plan.nodes.find(({ id }) => id === args.node);
      if (!found)
        throw refused([
          nodeUnknown(
            args.node,
            plan.nodes.map(({ id }) => id),
          ),
        ]);
      const node = carryOut.deployedNode(found);
      const prepare = carryOut.findPrepareOf(plan, node, flags.prepared !== undefined);
      const prepared =
        prepare === undefined || flags.prepared === undefined
          ? undefined
          : readPrepared(resolve(flags.prepared), { node: prepare, run, mode });
      if (flags.deploy) {
        await deployers.requireCredentials();
        const { confirmReality } = await import('../views/confirm-reality.ts');
        await confirmReality({
          notice: views.actionNotice(plan, node),
          what: node.id,
          question: 'Carry it out for real?',
          yes: flags.yes,
          canAsk: process.stdin.isTTY && process.stderr.isTTY && !this.jsonEnabled(),
        });
      }
      const { pipeline, directory: projectDirectory } = project;
      const store = stateDirectory(projectDirectory);
      const deployer = flags.deploy
        ? deployers.cloudFormationDeployer({ store })
        : deployers.rehearsalDeployer({
            store,
            pipeline: pipeline.name,
            projectDirectory,
            rehearsal: pipeline.rehearsal,
          });
      const tools = { signal, log: views.logLine, sleep: views.sleepUntil(signal) };
      return carryOut.carryOutNode({ plan, assembly, directory, node, run, prepared, deployer, tools });
    });
    if (this.jsonEnabled()) return done;
    print(process.stdout, views.carriedOutView(done));
    return undefined;
  }
}
