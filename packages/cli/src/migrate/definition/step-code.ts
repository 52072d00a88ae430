/** A step of the old pipeline as a step of a definition. */
import { carriedDifferently, gateNotCarried, notCarried } from '../old-app/note.ts';
import type { OldManualStep, OldShellStep, OldStage, OldStep, OldText } from '../old-app/old-app.ts';
import { type Code, call, list, literal, object } from './code.ts';
import { withVariables } from './command-values.ts';
import type { Context } from './context.ts';
import { projectCode, variablesCode } from './project-code.ts';
import { plainOf, textCode, valueCode } from './text-code.ts';

export interface StepPlace {
  readonly name: string;
  readonly position: 'before' | 'changes' | 'approvals' | 'build';
  /** Deployment whose outputs the step may use. */
  readonly stage?: OldStage | undefined;
  /** Directory that the step leaves behind, around the build. */
  readonly output?: Code | undefined;
}

/** Undefined where the step has no counterpart; the notes say so. */
export function stepCode(step: OldStep, place: StepPlace, context: Context): Code | undefined {
  if (place.name !== step.id)
    context.notes.push(
      carriedDifferently(`the step "${step.id}" is called ${place.name}`, 'nothing, if the name is good', step.at),
    );
  switch (step.type) {
    case 'manual':
      context.helpers.add('manual');
      return call('manual', literal(place.name), ...ifAny(manualOptions(step, context)));
    case 'broadening':
      context.helpers.add('securityReview');
      return call('securityReview', literal(place.name), ...ifAny({ topic: topicCode(step, context) }));
    case 'shell':
      return shellCode(step, place, context);
    default:
      context.notes.push(
        gateNotCarried(
          `the step ${step.id} ${reasonOf(step)}`,
          'write it as codebuild or lambda, or as a kind of your own: docs/authors.md',
          step.at,
        ),
      );
      return undefined;
  }
}

function reasonOf(step: OldStep): string {
  const reason = step.type === 'other' ? step.reason : undefined;
  return reason ?? `is of the class ${step.className}, which no kind corresponds to`;
}

function manualOptions(step: OldManualStep, context: Context) {
  return {
    comment: step.comment && noteIfLost(textCode(step.comment, context), 'comment', step, context),
    link: step.link && noteIfLost(textCode(step.link, context), 'reviewUrl', step, context),
    topic: topicCode(step, context),
  };
}

function topicCode(step: OldStep & { readonly topic?: OldText }, context: Context): Code | undefined {
  if (step.topic === undefined) return undefined;
  const arn = plainOf(step.topic);
  return noteIfLost(arn === undefined ? undefined : literal(arn), 'notificationTopic', step, context);
}

function noteIfLost(code: Code | undefined, option: string, step: OldStep, context: Context): Code | undefined {
  if (code === undefined)
    context.notes.push(
      notCarried(
        `${option} of ${step.id} holds a value that only CloudFormation or the old pipeline knows`,
        'write the value into the step of the definition',
        step.at,
      ),
    );
  return code;
}

function ifAny(options: Record<string, Code | undefined>): Code[] {
  return Object.values(options).some((code) => code !== undefined) ? [object(options)] : [];
}

function shellCode(step: OldShellStep, place: StepPlace, context: Context): Code | undefined {
  const taken = new Map<string, string | undefined>(
    [step.env, step.outputValues, step.project.variables ?? {}].flatMap((names) =>
      Object.keys(names).map((name) => [name, undefined] as const),
    ),
  );
  const commands = commandsCode(step, step.commands, taken, context);
  if (commands === undefined) return undefined;
  context.helpers.add('codebuild');
  const install =
    step.installCommands.length > 0 ? commandsCode(step, step.installCommands, taken, context) : undefined;
  const owner = { what: `the step ${step.id}`, at: step.at };
  const options = {
    commands,
    installCommands: install,
    env: envCode(step, { ...place, parameters: taken }, context),
    inputs: inputsCode(step, context),
    exports: step.exports.length > 0 ? literal(step.exports) : undefined,
    output: place.output,
    ...projectCode(step.project, owner, context),
  };
  return call('codebuild', literal(place.name), object(options));
}

/**
 * A command with a value inside would be text of the pipeline in a shell, so the value becomes a variable.
 *
 * @param taken variables of the step; those of the commands are added, with the parameter that they hold
 */
function commandsCode(
  step: OldShellStep,
  commands: readonly OldText[],
  taken: Map<string, string | undefined>,
  context: Context,
): Code | undefined {
  const texts = commands.map((command) => withVariables(command, taken));
  if (texts.length > 0 && texts.every((text) => text !== undefined)) {
    for (const [variable, parameter] of new Map(texts.flatMap(({ parameters }) => [...parameters])))
      context.notes.push(
        carriedDifferently(
          `${step.id} reads the parameter ${parameter} into ${variable} each time it runs; the old pipeline had its value of the last deployment`,
          'nothing, if that is good',
          step.at,
        ),
      );
    return list(texts.map(({ command }) => literal(command)));
  }
  context.notes.push(
    gateNotCarried(
      `commands of ${step.id} hold a value that only CloudFormation or the old pipeline knows`,
      'write the step with the value in env, and use the variable in the command',
      step.at,
    ),
  );
  return undefined;
}

export function envCode(
  step: OldShellStep,
  place: Pick<StepPlace, 'stage' | 'position'> & {
    /** Parameters that commands use, by variable. */
    readonly parameters?: ReadonlyMap<string, string | undefined>;
  },
  context: Context,
): Code | undefined {
  const texts = Object.entries(step.env).map(([name, text]) => [
    name,
    noteIfLost(variableCode(text, context), `the variable ${name}`, step, context),
  ]);
  const parameters = [...(place.parameters ?? [])].flatMap(([name, parameter]) =>
    parameter === undefined ? [] : [[name, parameterCode(parameter, context)] as const],
  );
  const outputs = Object.entries(step.outputValues).map(([name, value]) => [
    name,
    outputCode(name, value, { step, ...place }, context),
  ]);
  const all = { ...variablesCode(step.project, context), ...Object.fromEntries([...texts, ...outputs, ...parameters]) };
  return Object.values(all).some((code) => code !== undefined) ? object(all as Record<string, Code>) : undefined;
}

function variableCode(text: OldText, context: Context): Code | undefined {
  const [only, ...others] = text;
  return others.length === 0 && typeof only === 'object' && only.value === 'parameter'
    ? parameterCode(only.name, context)
    : valueCode(text, context);
}

function parameterCode(name: string, { helpers }: Context): Code {
  helpers.add('parameter');
  return call('parameter', literal(name));
}

function outputCode(
  variable: string,
  { artifact, name }: OldShellStep['outputValues'][string],
  { step, stage, position }: Pick<StepPlace, 'stage' | 'position'> & { readonly step: OldShellStep },
  context: Context,
): Code | undefined {
  const stack = position === 'approvals' ? stage?.stacks.find((each) => each.artifact === artifact) : undefined;
  if (stack !== undefined) {
    context.coreHelpers.add('output');
    return call('output', literal(stack.id), literal(name));
  }
  context.notes.push(
    notCarried(
      `the variable ${variable} of ${step.id} is an output of a stack that is not in the deployment of the step`,
      'an output is known in the approvals of its own deployment: put the step there, or write the value',
      step.at,
    ),
  );
  return undefined;
}

/** Directories beside the source; the source itself is the workspace. */
function inputsCode(step: OldShellStep, context: Context): Code | undefined {
  const directories = step.inputs.flatMap(({ directory, producer }) => {
    if (producer === context.mainSource && directory === '.') return [];
    const actual = producer === context.pipeline.synth.key ? context.output : context.directories.get(producer);
    if (actual === undefined) {
      context.notes.push(
        notCarried(
          `the files that ${step.id} takes in ${directory} come from a step that is not in the build`,
          'make them in the step itself, or in a step of the build with an output',
          step.at,
        ),
      );
      return [];
    }
    if (actual !== directory)
      context.notes.push(
        notCarried(
          `${step.id} finds in ${actual} the files that were in ${directory}`,
          'change the commands of the step accordingly; the source is the workspace',
          step.at,
        ),
      );
    return [actual];
  });
  return directories.length > 0 ? literal([...new Set(directories)]) : undefined;
}
