/** `cdkpipe migrate`: writes the definition of an app that exists, and compares the stacks of both. */
import { resolve } from 'node:path';
import { boolean, string } from '@oclif/core/flags';
import { contextFlag } from '../command/context-flag.ts';
import { ProjectCommand } from '../command/project-command.ts';
import { print } from '../terminal/print.ts';

export default class Migrate extends ProjectCommand {
  static override summary = 'Write the definition of an app that exists, and compare the stacks.';
  static override description =
    `Synthesises the app as the cdk command does, reads the pipeline object of CDK Pipelines or cdk-pipelines-github, and writes cdkpipe.config.ts, which imports the app's own stage classes. Of an app without a pipeline, the definition deploys the stacks as cdk synth writes them. The app itself is not changed, and nothing is deployed.

What cannot be carried over is listed with its file and line, and marked in the definition. Then both are synthesised, and each stack is the same, differs only in metadata, or is shown resource by resource, replacements first.

Exit code 0: every gate is there and every stack is the same. 1: something is left to do. 2: the app or the arguments are wrong.`;
  static override examples = [
    { description: 'In the directory of the app.', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'Where cdk.json names no app, or another.',
      command: '<%= config.bin %> <%= command.id %> --app "npx tsx bin/pipeline.ts"',
    },
    {
      description: 'Compare again, after changes to the definition.',
      command: '<%= config.bin %> <%= command.id %> --check',
    },
    {
      description: 'List the stacks that are not the same.',
      command: `<%= config.bin %> <%= command.id %> --check --json | jq -r '.stacks[] | select(.verdict != "same").name'`,
    },
  ];
  static override flags = {
    app: string({
      char: 'a',
      description: 'Command of the old app; "app" of cdk.json by default.',
      helpValue: 'COMMAND',
    }),
    output: string({
      char: 'o',
      description: 'File of the definition; cdkpipe.config.ts by default.',
      helpValue: 'FILE',
      default: 'cdkpipe.config.ts',
    }),
    pipeline: string({
      description:
        'ID of the stack that holds the pipeline, or construct path of the pipeline, where the app has several.',
      helpValue: 'STACK',
    }),
    context: contextFlag,
    check: boolean({
      description: 'Write nothing; compare the stacks of the app with those of the definition that is there.',
      exclusive: ['force'],
    }),
    force: boolean({ char: 'f', description: 'Replace a definition that is there.' }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Migrate);
    const { migrateApp } = await import('../migrate/migrate-app.ts');
    const { isComplete } = await import('../migrate/migrate-report.ts');
    const request = {
      file: resolve(flags.output),
      mode: flags.check ? 'check' : flags.force ? 'replace' : 'write',
      ...(flags.app !== undefined && { app: flags.app }),
      ...(flags.pipeline !== undefined && { pipeline: flags.pipeline }),
    } as const;
    const { context } = flags;
    const report = await this.onProject({ flags: { context }, phases: [], quiet: true }, (project) =>
      migrateApp(request, project),
    );
    const complete = isComplete(report);
    if (!complete) process.exitCode = 1;
    const { migrateDocument, migrateSummary } = await import('../views/migrate-report.ts');
    if (this.jsonEnabled()) return migrateDocument(report, complete);
    const { paintFor } = await import('../views/paint.ts');
    const { failureView } = await import('../views/problems.ts');
    print(process.stdout, migrateSummary(report, process.cwd(), paintFor(process.stdout)));
    if (report.problems.length > 0) {
      const failure = { source: 'user', problems: report.problems, exitCode: 1, error: undefined } as const;
      print(process.stderr, failureView(failure, paintFor(process.stderr)));
    }
    return undefined;
  }
}
