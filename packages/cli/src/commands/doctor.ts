/** `cdkpipe doctor`: what stands in the way of a pipeline, and the command that removes it. */
import { boolean } from '@oclif/core/flags';
import { ProjectCommand, projectFlags } from '../command/project-command.ts';
import { print } from '../terminal/print.ts';

export default class Doctor extends ProjectCommand {
  static override summary = 'Check what a pipeline needs, here and at AWS, and say how to fix what is missing.';
  static override description =
    `Checks Node.js, aws-cdk-lib and the cdk command against the supported ranges; that the definition loads and can be planned; plugins against their lock; and, with the credentials that the AWS SDK finds, for each environment of the plan the version of its bootstrap stack and whether it trusts the account of the pipeline, and the state of connections.

It only reads. Another account is read with the lookup role of its bootstrap stack. No call takes longer than 15 seconds. Exits with 1 where a check fails, else with 0.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    { description: 'Ask nothing of AWS.', command: '<%= config.bin %> <%= command.id %> --offline' },
    {
      description: 'List the commands that fix what fails.',
      command:
        '<%= config.bin %> <%= command.id %> --json | jq -r \'.findings[] | select(.status == "failure") | .fix\'',
    },
  ];
  static override flags = {
    ...projectFlags,
    offline: boolean({ description: 'Check only what can be checked on this machine, without a network.' }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Doctor);
    const { examine } = await import('../doctor/examine.ts');
    const phases = ['configure', 'model', 'assemble', 'plan'] as const;
    const work = { flags, phases, quiet: true };
    const examination = await this.onProject(work, (request) => examine(request, flags.offline));
    if (examination.findings.some(({ status }) => status === 'failure')) process.exitCode = 1;
    const { doctorDocument, doctorView } = await import('../views/doctor-report.ts');
    if (this.jsonEnabled()) return doctorDocument(examination);
    const { paintFor } = await import('../views/paint.ts');
    print(process.stdout, doctorView(examination, process.stdout.columns ?? 100, paintFor(process.stdout)));
    return undefined;
  }
}
