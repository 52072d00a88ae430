/** `cdkpipe synth`: writes the cloud assembly that holds the pipeline and all it deploys. */
import { resolve } from 'node:path';
import type { TapTrace } from '@cdkpipe/core/host';
import { boolean, string } from '@oclif/core/flags';
import { ProjectCommand, projectFlags, strictFlag } from '../command/project-command.ts';
import { print, printLine } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';

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
      description: 'See what the hooks of plugins changed.',
      command: '<%= config.bin %> <%= command.id %> --trace-hooks',
    },
    {
      description: 'Fail in CI where what is committed or cached is not what would be written.',
      command: '<%= config.bin %> <%= command.id %> --check',
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
    check: boolean({
      description:
        'Write nothing; list the files that are not what would be written, and exit with 1 where there are any.',
    }),
    strict: strictFlag,
    quiet: boolean({ char: 'q', description: 'Print nothing but problems.' }),
    'trace-hooks': boolean({
      description: 'Show which plugin tapped which hook, what it changed, and how long it took.',
    }),
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
    const isCdkApp = process.env.CDK_OUTDIR !== undefined && flags.output === undefined && !flags.check;
    const quiet = flags.quiet || isCdkApp;
    const taps: TapTrace[] = [];
    const phases = ['configure', 'model', 'assemble', 'plan', 'render', 'validate', 'write'] as const;
    const work = {
      flags,
      quiet,
      phases,
      ...(flags['trace-hooks'] && { onTap: (tap: TapTrace) => void taps.push(tap) }),
    };
    const report = await this.onProject(work, (request) =>
      synthesize({
        ...request,
        validate: flags.validate,
        check: flags.check,
        ...(flags.output !== undefined && { output: resolve(flags.output) }),
      }),
    ).finally(() => (flags['trace-hooks'] && !this.jsonEnabled() ? showHookTrace(taps) : undefined));
    if ((report.differences ?? []).length > 0) process.exitCode = 1;
    const { showSynth, synthDocument } = await import('../views/synth-report.ts');
    if (this.jsonEnabled())
      return { ...synthDocument(report), ...(flags['trace-hooks'] && { hooks: await traceDocument(taps) }) };
    showSynth(report, { quiet });
    return undefined;
  }
}

/** Also after a failure: that is when one wants to know which tap changed what. */
async function showHookTrace(taps: readonly TapTrace[]): Promise<void> {
  const { hookTraceView, tracedTaps } = await import('../views/hook-trace.ts');
  const { paintFor } = await import('../views/paint.ts');
  printLine(process.stderr, printable``);
  print(process.stderr, hookTraceView(tracedTaps(taps), paintFor(process.stderr)));
}

async function traceDocument(taps: readonly TapTrace[]) {
  return (await import('../views/hook-trace.ts')).tracedTaps(taps);
}
