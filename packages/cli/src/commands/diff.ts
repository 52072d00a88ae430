/** `cdkpipe diff`: what the next deployment of the pipeline would change about the pipeline itself. */
import { relative } from 'node:path';
import { refused } from '@cdkpipe/core';
import { boolean, string } from '@oclif/core/flags';
import { ProjectCommand, projectFlags } from '../command/project-command.ts';
import { backendEmitsNothing } from '../problems/problems.ts';
import { print } from '../terminal/print.ts';

export default class Diff extends ProjectCommand {
  static override summary = 'Show what would change about the pipeline, its gates and its permissions.';
  static override description =
    `Compares the stacks of the pipeline itself, as the definition would make them now, with those of the last synth. Gates that vanish or hold back less are listed first, then stages, actions, permissions and other resources. The stacks of the deployments are not compared; cdk diff does that.

It writes nothing. Exits with 0 where nothing differs that CloudFormation acts on, and with 1 where something does, as cdk diff --fail.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    {
      description: 'Compare with what is deployed, with the credentials of the AWS SDK.',
      command: '<%= config.bin %> <%= command.id %> --deployed',
    },
    {
      description: 'Compare with the assembly of the main branch.',
      command: '<%= config.bin %> <%= command.id %> --against ../main/cdk.out',
    },
    {
      description: 'Fail in CI only where a gate would be lost.',
      command: '<%= config.bin %> <%= command.id %> --json | jq -e \'[.gates[] | select(.change != "added")] == []\'',
    },
  ];
  static override flags = {
    ...projectFlags,
    against: string({
      description: 'Directory of a cloud assembly to compare with; cdk.out beside the definition by default.',
      helpValue: 'DIR',
      exclusive: ['deployed'],
    }),
    deployed: boolean({ description: 'Compare with the stacks that are deployed.' }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Diff);
    const [{ compareProject }, { fromAws, fromDirectory }, { diffPipeline }] = await Promise.all([
      import('@cdkpipe/core/host'),
      import('../diff/find-before.ts'),
      import('../diff/pipeline-diff.ts'),
    ]);
    const findBefore = flags.deployed ? fromAws : fromDirectory(process.cwd(), flags.against);
    const phases = ['configure', 'model', 'assemble', 'plan'] as const;
    const compared = await this.onProject({ flags, phases }, (request) => compareProject(request, findBefore));
    if (!compared.emits) throw refused([backendEmitsNothing(compared.plan.backend)]);
    const diff = await diffPipeline(compared);
    if (!diff.isSame) process.exitCode = 1;
    const against = flags.deployed ? 'deployed' : (flags.against ?? 'cdk.out');
    const { diffView } = await import('../views/diff-report.ts');
    if (this.jsonEnabled()) {
      const { problemDocument } = await import('../views/problem-document.ts');
      return { file: compared.file, against, ...diff, errors: [], warnings: compared.warnings.map(problemDocument) };
    }
    const { paintFor } = await import('../views/paint.ts');
    const name = flags.deployed ? 'what is deployed' : relative(process.cwd(), against) || against;
    print(process.stdout, diffView(diff, name, process.stdout.columns ?? 100, paintFor(process.stdout)));
    return undefined;
  }
}
