/** `cdkpipe synth`: writes the cloud assembly that holds the pipeline and all it deploys. */
import { resolve } from 'node:path';
import { boolean, string } from '@oclif/core/flags';
import { ProjectCommand, projectFlags } from '../project-command.ts';

export default class Synth extends ProjectCommand {
  static override summary = 'Write the cloud assembly: the pipeline, and every stack it deploys.';
  static override description =
    `The assembly is written beside the old one and takes its place only when all is well, so that a failure leaves the old one untouched. The cdk command reads it: cdk deploy -a cdk.out, cdk diff -a cdk.out.

Every template is checked by CloudFormation's own validator; what it calls an error is one.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    {
      description: 'Write elsewhere, and say nothing but what is wrong.',
      command: '<%= config.bin %> <%= command.id %> --output dist/assembly --quiet',
    },
    {
      description: 'Use the result in a script.',
      command: '<%= config.bin %> <%= command.id %> --json | jq -r .pipelineStack',
    },
  ];
  static override flags = {
    ...projectFlags,
    output: string({
      char: 'o',
      description: 'Directory of the cloud assembly; cdk.out beside the definition by default.',
      helpValue: 'DIR',
    }),
    quiet: boolean({ char: 'q', description: 'Print nothing but problems.' }),
    validate: boolean({
      allowNo: true,
      default: true,
      description: "Check the templates with CloudFormation's validator.",
    }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Synth);
    const { synthesize } = await import('@cdkpipe/core/host');
    // The cdk command that runs us as its app, into a directory of its choice, has its own way to go on.
    const isCdkApp = process.env.CDK_OUTDIR !== undefined && flags.output === undefined;
    const quiet = flags.quiet || isCdkApp;
    const report = await this.onProject(
      { flags, quiet, phases: ['configure', 'model', 'assemble', 'plan', 'render', 'validate', 'write'] },
      (request) =>
        synthesize({
          ...request,
          validate: flags.validate,
          ...(flags.output !== undefined && { output: resolve(flags.output) }),
        }),
    );
    const { showSynth, synthDocument } = await import('../views/synth-report.ts');
    if (this.jsonEnabled()) return synthDocument(report);
    showSynth(report, { quiet });
    return undefined;
  }
}
