/** The synth step, and the steps before it, as the build of a definition. */
import { carriedDifferently, notCarried } from '../old-app/note.ts';
import type { OldShellStep, OldStep } from '../old-app/old-app.ts';
import { type Code, call, list, literal, object } from './code.ts';
import type { Context } from './context.ts';
import type { Names } from './names.ts';
import { orderSteps } from './order-steps.ts';
import { projectCode } from './project-code.ts';
import { contextArguments } from './shell-text.ts';
import { envCode, stepCode } from './step-code.ts';
import { plainOf } from './text-code.ts';

export const synthCommand = 'npx cdkpipe synth';

/** @param before steps that the synth step waits for, without sources */
export function buildCode(before: readonly OldStep[], names: Names, context: Context): Code {
  const { synth, options, gitHub } = context.pipeline;
  if (synth.type !== 'shell') {
    context.notes.push(
      notCarried(
        `the synth step ${synth.id} is of the class ${synth.className}, whose commands are not known`,
        'write its commands into the build',
        synth.at,
      ),
    );
    return call('build', object({ commands: literal(['npm ci', synthCommand]) }));
  }
  const project = projectCode(synth.project, { what: `the synth step ${synth.id}`, at: synth.at }, context);
  const output = synth.output ?? 'cdk.out';
  return call(
    'build',
    object({
      before: beforeCode(before, names, context),
      installCommands:
        synth.installCommands.length > 0 ? literal(commandsOf(synth, 'installCommands', context)) : undefined,
      commands: literal([
        ...(gitHub?.before ?? []),
        ...synthesizing(synth, commandsOf(synth, 'commands', context), context),
        ...(gitHub?.after ?? []),
      ]),
      env: envCode(synth, { position: 'build' }, context),
      ...project,
      privileged: options.dockerForSynth ? literal(true) : project.privileged,
      output: output === 'cdk.out' ? undefined : literal(output),
    }),
  );
}

function commandsOf(synth: OldShellStep, option: 'commands' | 'installCommands', context: Context): string[] {
  return synth[option].map((command) => {
    const plain = plainOf(command);
    if (plain === undefined)
      context.notes.push(
        notCarried(
          `a command of the synth step ${synth.id} holds a value that only CloudFormation or the old pipeline knows`,
          'write the command into the build, with the value in env',
          synth.at,
        ),
      );
    return plain ?? 'false # TODO: the command holds a value of the old pipeline';
  });
}

/** A word of a shell, quoted or not. */
const word = `(?:'[^']*'|"[^"]*"|[^\\s;&|'"])+`;
const contextPattern = new RegExp(`(?:-c|--context)(?: +|=)(${word})`, 'g');

/** `cdk synth` in any of the ways it is called; arguments behind it, such as `-q` and `-c`, belong to it. */
const synthPattern = new RegExp(
  String.raw`(?:\b(?:npx(?: +(?:--yes|-y|--no-install))?|yarn(?: +run)?|pnpm(?: +exec)?|npm +exec(?: +--)?) +)?(?:(?:\.\/)?node_modules\/\.bin\/)?\b(?:aws-)?cdk(?:@[\w.]+)? +synth\b((?: +(?:-q|--quiet|'\*\*?'|"\*\*?"|--all|${contextPattern.source}))*)(?=\s*(?:$|&&|;))`,
);

/** The old command becomes ours, in its place, with its context; without one, ours comes last. */
function synthesizing({ id, at }: OldShellStep, commands: readonly string[], context: Context): string[] {
  noteGiven(context);
  const isSynth = commands.some((command) => synthPattern.test(command));
  if (isSynth)
    return commands.map((command) => command.replace(synthPattern, (_, args: string) => synthWith(args, context)));
  context.notes.push(
    carriedDifferently(
      `"${synthCommand}" was added behind the commands of the synth step ${id}, as none of them is a plain "cdk synth"`,
      'remove the command that synthesises the old app, once you have moved',
      at,
    ),
  );
  return [...commands, synthWith('', context)];
}

/** @param args of the old command, whose own context counts where the command line gave the same key */
function synthWith(args: string, { given }: Context): string {
  const own = [...args.matchAll(contextPattern)].map(([, text = '']) => text);
  const keys = new Set(own.map((text) => text.replace(/^['"]/, '').replace(/=.*$/s, '')));
  const further = Object.fromEntries(Object.entries(given).filter(([key]) => !keys.has(key)));
  return `${synthCommand}${own.map((text) => ` --context ${text}`).join('')}${contextArguments(further)}`;
}

function noteGiven({ given, notes }: Context): void {
  const args = contextArguments(given).trim();
  if (args !== '')
    notes.push(
      carriedDifferently(
        `the app was read with ${args}, which the build gives to cdkpipe synth`,
        'give it to cdkpipe plan, synth and run on your machine, too, or write it into cdk.json',
      ),
    );
}

function beforeCode(before: readonly OldStep[], names: Names, context: Context): Code | undefined {
  const groups = orderSteps(before, [...context.steps.values()]);
  const codes = groups.map((group) =>
    group.flatMap((step) => {
      const name = names.take(step.id);
      context.stepNames.set(step.key, name);
      return stepCode(step, { name, position: 'build', output: outputCode(step, context) }, context) ?? [];
    }),
  );
  const sequence = codes.flatMap((group) => {
    if (group.length < 2) return group;
    context.coreHelpers.add('parallel');
    return call('parallel', ...group);
  });
  return sequence.length > 0 ? list(sequence) : undefined;
}

function outputCode(step: OldStep, context: Context): Code | undefined {
  if (step.type !== 'shell' || step.output === undefined) return undefined;
  const to = context.directories.get(step.key);
  const isWorkspace =
    context.pipeline.synth.type === 'shell' &&
    context.pipeline.synth.inputs.some(({ directory, producer }) => directory === '.' && producer === step.key);
  if (isWorkspace)
    context.notes.push(
      notCarried(
        `the synth step works in what ${step.id} leaves behind; here its workspace is the source`,
        `let the commands of the build use ${to ?? step.output}`,
        step.at,
      ),
    );
  return to === undefined || to === step.output ? literal(step.output) : literal({ from: step.output, to });
}
