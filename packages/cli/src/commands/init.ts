/** `cdkpipe init`: writes a project that synthesises at once, or adds what is missing to an app that is there. */
import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { refused, refuseIfAny } from '@cdkpipe/core';
import { string as stringArgument } from '@oclif/core/args';
import { boolean, string } from '@oclif/core/flags';
import { CdkpipeCommand } from '../command/cdkpipe-command.ts';
import { contextOptions, parseContext } from '../command/context-flag.ts';
import { isExistingApp } from '../existing-app/is-existing-app.ts';
import { checkDirectory } from '../init/check-directory.ts';
import { recommendedFlags } from '../init/feature-flags.ts';
import { type Answers, gatherAnswers } from '../init/gather-answers.ts';
import { installPackages } from '../init/install-packages.ts';
import { projectFiles } from '../init/project-files.ts';
import { questionsFor } from '../init/questions.ts';
import { writeProject } from '../init/write-project.ts';
import { flagOfExistingApp, flagOfNewProject, notConfirmed } from '../problems/problems.ts';
import { interruptible } from '../process/interruption.ts';
import { print } from '../terminal/print.ts';
import { type InitReport, initSummary } from '../views/init-report.ts';
import { paintFor } from '../views/paint.ts';

const answerFlags = Object.fromEntries(
  questionsFor('').map(({ name, message, value }) => [
    name,
    string({
      description: `${message}.`,
      helpGroup: 'ANSWER',
      helpValue: value,
    }),
  ]),
);

export default class Init extends CdkpipeCommand {
  static override summary = 'Make a new project with a pipeline, or add a pipeline to the CDK app of the directory.';
  static override description =
    `In an empty directory: asks what it must know, unless a flag says it. With --yes it asks nothing and takes the suggestions, with placeholders for what nobody can guess, such as accounts; it tells which.

In a directory with a cdk.json: adds what is missing and replaces nothing. That is packages and a script in package.json, lines in .gitignore, and cdkpipe.config.ts, which deploys the stacks as cdk synth writes them. It asks before it writes, unless --yes is given. For an app of CDK Pipelines, cdkpipe migrate writes the definition.`;
  static override usage = '<%= command.id %> [DIRECTORY] [--yes] [--force] [--[no-]install] [ANSWER FLAGS]';
  static override examples = [
    {
      description: 'Answer questions, then find the project in ./orders.',
      command: '<%= config.bin %> <%= command.id %> orders',
    },
    { description: 'Add a pipeline to the CDK app in this directory.', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Ask nothing.', command: '<%= config.bin %> <%= command.id %> orders --yes' },
    {
      description: 'Give some answers, take the suggestions for the others, and install the packages.',
      command:
        '<%= config.bin %> <%= command.id %> orders --account 111111111111 --prod-regions eu-west-1,us-east-1 --yes --install',
    },
  ];
  static override args = {
    directory: stringArgument({ default: '.', description: 'Directory of the project; made where it does not exist.' }),
  };
  static override flags = {
    yes: boolean({ char: 'y', description: 'Ask nothing; take the suggestions.' }),
    'dry-run': boolean({
      description: 'In an app that is there: show what would be added, and write nothing.',
      exclusive: ['force', 'install'],
    }),
    force: boolean({
      char: 'f',
      description:
        'Make a new project in a directory that is not empty. Files of the same name are replaced, all others stay.',
    }),
    install: boolean({
      allowNo: true,
      description:
        'Install the packages with install scripts off. By default a person is asked in a new project; else it is not run.',
    }),
    context: string({
      ...contextOptions,
      description: 'In an app that is there: a value of the CDK context with which it is synthesised.',
    }),
    ...answerFlags,
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Init);
    const directory = resolve(args.directory);
    const given = Object.fromEntries(Object.entries<unknown>(flags).filter(isText));
    const canAsk = !flags.yes && !this.jsonEnabled() && process.stdin.isTTY === true && process.stderr.isTTY === true;

    if (!flags.force && isExistingApp(directory))
      return this.addTo(directory, {
        given,
        canAsk,
        isDryRun: flags['dry-run'],
        isSure: flags.yes,
        install: flags.install === true,
        context: parseContext(flags.context ?? []),
      });
    if (flags.context !== undefined) refuseIfAny([flagOfExistingApp('--context')]);

    // Whoever answers a dozen questions must not learn afterwards that the directory was wrong.
    const { problems, replaced } = checkDirectory(directory, [...this.filesFor({}).keys()], flags.force);
    refuseIfAny(problems);

    const views = canAsk ? await import('../views/questions.ts') : undefined;
    const answers = await gatherAnswers(questionsFor(basename(directory)), {
      given,
      takeSuggestions: flags.yes,
      ...(views && { ask: views.askQuestion }),
    });
    const install = flags.install ?? (await views?.askWhetherToInstall()) ?? false;

    const files = this.filesFor(answers.of);
    const shown = relative(process.cwd(), directory) || '.';
    await interruptible(async (signal) => {
      await writeProject(directory, files);
      if (install) await installPackages(directory, shown, signal);
    });
    return this.report(reportOf(answers, { directory, files: [...files.keys()], replaced, installed: install }));
  }

  private async addTo(
    directory: string,
    { given, canAsk, isDryRun, isSure, install, context }: AddOptions,
  ): Promise<unknown> {
    const known = ['name', 'account', 'region', 'repository', 'branch', 'connection-arn'];
    refuseIfAny(
      Object.keys(given)
        .filter((name) => !known.includes(name))
        .map((name) => flagOfNewProject(`--${name}`)),
    );
    const { addToApp, checkAnswers, findAdditions } = await import('../existing-app/add-to-app.ts');
    refuseIfAny(checkAnswers(given));
    const { addedQuestion, addedSummary } = await import('../views/added-report.ts');
    const { detectManager } = await import('../package-manager/detect-manager.ts');
    return interruptible(async (signal) => {
      using additions = await findAdditions({ directory, version: this.config.version, given, context, signal });
      const reportWith = (more: { readonly manager: string; readonly installed: boolean }) => ({
        directory,
        app: additions.app,
        added: additions.added,
        notes: additions.notes,
        isDryRun,
        ...more,
      });
      if (!isDryRun && !isSure && additions.files.size > 0) {
        if (!canAsk) throw refused([notConfirmed('what would be added', 'there is no terminal to ask on')]);
        const paint = paintFor(process.stderr);
        print(process.stderr, addedQuestion(reportWith({ manager: '', installed: false }), paint));
        const { askWhetherToAdd } = await import('../views/questions.ts');
        if (!(await askWhetherToAdd())) throw refused([notConfirmed('what would be added', 'you said no')]);
      }
      if (!isDryRun) await addToApp(directory, additions);
      const isMissing = isDryRun && additions.files.has('package.json') && !hasManifest(directory);
      const { manager, root } = isMissing
        ? { manager: 'npm' as const, root: directory }
        : await detectManager(directory);
      if (install) {
        const { managers } = await import('../package-manager/command-lines.ts');
        const { runManager } = await import('../package-manager/run-manager.ts');
        await runManager(managers[manager].install(), root, signal);
      }
      const report = reportWith({ manager, installed: install });
      if (this.jsonEnabled()) return { ...report, errors: [], warnings: [] };
      print(process.stdout, addedSummary(report, process.cwd(), paintFor(process.stdout)));
      return undefined;
    });
  }

  private filesFor(answers: Answers['of']): ReadonlyMap<string, string> {
    return projectFiles({ answers, version: this.config.version, context: recommendedFlags() });
  }

  private report(report: InitReport): unknown {
    if (this.jsonEnabled()) return { ...report, errors: [], warnings: [] };
    print(process.stdout, initSummary(report, process.cwd(), paintFor(process.stdout)));
    return undefined;
  }
}

interface AddOptions {
  readonly given: Readonly<Record<string, string>>;
  readonly canAsk: boolean;
  readonly isDryRun: boolean;
  readonly isSure: boolean;
  readonly install: boolean;
  /** CDK context for the app. */
  readonly context: Readonly<Record<string, string>>;
}

function hasManifest(directory: string): boolean {
  return existsSync(join(directory, 'package.json'));
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}

function reportOf(
  answers: Answers,
  written: Pick<InitReport, 'directory' | 'files' | 'replaced' | 'installed'>,
): InitReport {
  const placeholders = answers.placeholders.map((name) => ({ name, value: answers.of[name] ?? '' }));
  return { ...written, name: answers.of.name ?? '', placeholders };
}
