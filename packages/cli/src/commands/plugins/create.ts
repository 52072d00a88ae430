/** `cdkpipe plugins:create`: writes the package of a plugin that builds, passes its checks and packs at once. */
import { join, relative, resolve } from 'node:path';
import { refused, refuseIfAny } from '@cdkpipe/core';
import { string as stringArgument } from '@oclif/core/args';
import { boolean, string } from '@oclif/core/flags';
import { CdkpipeCommand } from '../../command/cdkpipe-command.ts';
import { checkDirectory } from '../../init/check-directory.ts';
import { gatherAnswers } from '../../init/gather-answers.ts';
import { writeProject } from '../../init/write-project.ts';
import { type NewPlugin, pluginFiles } from '../../plugin-project/plugin-files.ts';
import { directoryFrom, isPackageName, kindFrom } from '../../plugin-project/plugin-names.ts';
import { pluginQuestions } from '../../plugin-project/plugin-questions.ts';
import { pluginNameInvalid } from '../../plugin-project/problems.ts';
import { interruptible } from '../../process/interruption.ts';
import { print } from '../../terminal/print.ts';
import { joinLines, type Printable } from '../../terminal/printable.ts';
import { paintFor } from '../../views/paint.ts';

const answerFlags = Object.fromEntries(
  pluginQuestions('').map(({ name, message, value, choices }) => [
    name,
    string({
      description: `${message}.`,
      helpValue: value,
      ...(choices && { options: choices.map((choice) => choice.value) }),
    }),
  ]),
);

export default class PluginsCreate extends CdkpipeCommand {
  static override summary = 'Make a package for a plugin of your own, with one kind of step.';
  static override description =
    'Typed, with options from one schema, a README made from it, tests, the checks of @cdkpipe/testkit and a workflow for GitHub. It builds, passes and packs as it is; https://github.com/cdkpipe/cdkpipe/blob/main/docs/authors.md goes on from there.';
  static override examples = [
    {
      description: 'Answer two questions, then find the package in ./cdkpipe-plugin-pager.',
      command: '<%= config.bin %> <%= command.id %> @acme/cdkpipe-plugin-pager',
    },
    {
      description: 'Ask nothing; a kind that other kinds express.',
      command: '<%= config.bin %> <%= command.id %> cdkpipe-plugin-pager ./pager --yes',
    },
    {
      description: 'A kind with renderers of its own.',
      command: '<%= config.bin %> <%= command.id %> cdkpipe-plugin-pager --kind page --drawn renderer',
    },
  ];
  static override args = {
    name: stringArgument({ required: true, description: 'npm name of the package.' }),
    directory: stringArgument({ description: 'Directory of the package; by default its name without a scope.' }),
  };
  static override flags = {
    yes: boolean({ char: 'y', description: 'Ask nothing; take the suggestions.' }),
    ...answerFlags,
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(PluginsCreate);
    const { name } = args;
    if (!isPackageName(name)) throw refused([pluginNameInvalid(name)]);
    const directory = resolve(args.directory ?? directoryFrom(name));
    const given = Object.fromEntries(
      Object.entries<unknown>(flags).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    refuseIfAny(checkDirectory(directory, [...this.filesFor(name, {}).keys()], false).problems);

    const canAsk = !flags.yes && !this.jsonEnabled() && process.stdin.isTTY === true && process.stderr.isTTY === true;
    const views = canAsk ? await import('../../views/questions.ts') : undefined;
    const { of: answers } = await gatherAnswers(pluginQuestions(name), {
      given,
      takeSuggestions: flags.yes,
      ...(views && { ask: views.askQuestion }),
    });
    const files = this.filesFor(name, answers);
    await interruptible(() => writeProject(directory, files));
    const written = { name, kind: answers.kind, directory, files: [...files.keys()] };
    if (this.jsonEnabled()) return { ...written, errors: [], warnings: [] };
    print(process.stdout, createdPlugin(name, relative(process.cwd(), directory) || '.', files.size));
    return undefined;
  }

  private filesFor(name: string, { kind, drawn }: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
    const { version, peerDependencies = {} } = this.config.pjson as Pick<NewPlugin, 'version'> & {
      peerDependencies?: Record<string, string>;
    };
    return pluginFiles({
      name,
      kind: kind ?? kindFrom(name),
      drawn: drawn === 'renderer' ? 'renderer' : 'lower',
      version,
      cdk: peerDependencies,
      templates: join(this.config.root, 'templates/plugin'),
    });
  }
}

function createdPlugin(name: string, directory: string, count: number): Printable {
  const paint = paintFor(process.stdout);
  const steps = [
    ...(directory === '.' ? [] : [[`cd ${directory}`, ''] as const]),
    ['npm install', 'then commit package-lock.json: the workflow runs npm ci'],
    ['npm test', 'builds it and holds it against every check'],
    ['npx cdkpipe plugins:check', 'checks what would be published'],
  ] as const;
  return joinLines([
    '',
    `${paint('green', '✔')} ${paint('bold', name)}: ${count} files in ${paint('bold', directory)}`,
    '',
    'Next:',
    '',
    ...steps.map(([command, why]) =>
      `  ${paint('cyan', command.padEnd(26))}${why && ` ${paint('dim', why)}`}`.trimEnd(),
    ),
    '',
    'Choose a license in package.json before you publish it.',
    '',
  ]);
}
