/** `cdkpipe init`: writes a project that synthesises at once. */
import { basename, relative, resolve } from 'node:path';
import { refuseIfAny } from '@cdkpipe/core';
import { string as stringArgument } from '@oclif/core/args';
import { boolean, string } from '@oclif/core/flags';
import { CdkpipeCommand } from '../cdkpipe-command.ts';
import { checkDirectory } from '../init/check-directory.ts';
import { recommendedFlags } from '../init/feature-flags.ts';
import { type Answers, gatherAnswers } from '../init/gather-answers.ts';
import { installPackages } from '../init/install-packages.ts';
import { projectFiles } from '../init/project-files.ts';
import { questionsFor } from '../init/questions.ts';
import { writeProject } from '../init/write-project.ts';
import { interruptible } from '../interruption.ts';
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
  static override summary = 'Make a new project: a small app, and the pipeline that brings it to production.';
  static override description =
    `Asks what it must know, unless a flag says it. With --yes it asks nothing and takes the suggestions, with placeholders for what nobody can guess, such as accounts; it tells which.`.replaceAll(
      '\n',
      ' ',
    );
  static override usage = '<%= command.id %> [DIRECTORY] [--yes] [--force] [--[no-]install] [ANSWER FLAGS]';
  static override examples = [
    {
      description: 'Answer questions, then find the project in ./orders.',
      command: '<%= config.bin %> <%= command.id %> orders',
    },
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
    force: boolean({
      char: 'f',
      description: 'Write into a directory that is not empty. Files of the same name are replaced, all others stay.',
    }),
    install: boolean({
      allowNo: true,
      description:
        'Run npm install with install scripts off. By default a person is asked, and without one it is not run.',
    }),
    ...answerFlags,
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Init);
    const directory = resolve(args.directory);
    const given = Object.fromEntries(Object.entries<unknown>(flags).filter(isText));
    const canAsk = !flags.yes && !this.jsonEnabled() && process.stdin.isTTY === true && process.stderr.isTTY === true;

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

  private filesFor(answers: Answers['of']): ReadonlyMap<string, string> {
    return projectFiles({ answers, version: this.config.version, context: recommendedFlags() });
  }

  private report(report: InitReport): unknown {
    if (this.jsonEnabled()) return { ...report, errors: [], warnings: [] };
    print(process.stdout, initSummary(report, process.cwd(), paintFor(process.stdout)));
    return undefined;
  }
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
