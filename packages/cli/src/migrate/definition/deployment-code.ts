/** A stage of the old pipeline as a deployment of a definition. */
import { carriedDifferently, notCarried } from '../old-app/note.ts';
import type { OldStage, OldStep } from '../old-app/old-app.ts';
import { importOf } from './class-import.ts';
import { type Code, call, list, literal, object, quoted, raw } from './code.ts';
import type { Context } from './context.ts';
import { knownEnv } from './known-env.ts';
import { Names } from './names.ts';
import { stepsCode, whereOf } from './steps-code.ts';
import { environmentGate } from './workflow-code.ts';

interface DeploymentImport {
  /** The stage's class as the file imports it; undefined where it cannot be imported. */
  readonly importName: string | undefined;
}

export function deploymentCode(stage: OldStage, { importName }: DeploymentImport, context: Context): Code {
  const names = new Names();
  const ofStacks = stage.stackSteps.filter(({ when }) => when === 'changeSet').map(({ step }) => step);
  const reviews = uniqueSteps([...stage.pre.filter(({ type }) => type === 'broadening'), ...ofStacks]);
  const missing = stage.stackSteps
    .filter(({ when }) => when !== 'changeSet')
    .map(({ step, stack }) => ({
      comments: [`TODO: the gate ${step.id} of the stack ${stack} is missing here: ${whereOf(step)}`],
    }));
  const changes = [
    ...environmentGate(stage, names, context),
    ...stepsCode(reviews, { names, scope: stage.id, position: 'changes', stage }, context),
  ];
  const approvals = [
    ...missing,
    ...stepsCode(stage.post, { names, scope: stage.id, position: 'approvals', stage }, context),
  ];
  noteAllStacks(stage, context);
  return call(
    'deploy',
    literal(stage.id),
    object({
      env: envCode(stage, context),
      constructPath: stage.above === commonPath(context) ? undefined : literal(stage.above),
      stacks: stacksCode(stage, importName, context),
      prepare: prepareCode(stage, changes, context),
      changes: changes.length > 0 ? list(changes) : undefined,
      approvals: approvals.length > 0 ? list(approvals) : undefined,
    }),
  );
}

/** Of all stages; of several, that of the first. */
export function commonPath({ pipeline }: Context): string {
  return pipeline.waves.flatMap(({ stages }) => stages)[0]?.above ?? '';
}

function uniqueSteps(steps: readonly OldStep[]): OldStep[] {
  return [...new Map(steps.map((step) => [step.key, step])).values()];
}

function noteAllStacks(stage: OldStage, context: Context): void {
  for (const { step, stack, when } of stage.stackSteps)
    if (when === 'changeSet' && stage.stacks.length > 1)
      context.notes.push(
        carriedDifferently(
          `${step.id}, which saw the change set of ${stack}, sees those of all stacks of ${stage.id}`,
          'nothing, if that is good',
          step.at,
        ),
      );
}

function envCode(stage: OldStage, context: Context): Code {
  const own = context.pipeline.env;
  const account = stage.env.account ?? own.account;
  const region = stage.env.region ?? own.region;
  if (account === undefined || region === undefined)
    context.notes.push(
      notCarried(`the stage ${stage.id} has no account and region of its own`, 'write them into its env', stage.at),
    );
  return literal(knownEnv({ account, region }));
}

/** Change sets may be left out only where no gate wants to see them. */
function prepareCode(stage: OldStage, reviews: readonly unknown[], context: Context): Code | undefined {
  if (stage.preparesChangeSets && context.pipeline.options.useChangeSets) return undefined;
  return reviews.length > 0 ? undefined : literal(false);
}

function stacksCode(stage: OldStage, importName: string | undefined, context: Context): Code {
  if (importName === undefined) return missingStacks(stage, context);
  context.coreHelpers.add('stageClass');
  const place = stage.at === undefined ? '' : ` of ${stage.at.file}:${stage.at.line}`;
  const comments: string[] = [];
  for (const name of stage.propsNotRead) {
    const isProp = /^[\w$]+$/.test(name);
    context.notes.push(
      notCarried(
        isProp
          ? `the prop ${name} of ${stage.id} is not plain data`
          : `the props of ${stage.id} are not known: ${name}`,
        'write it into the props of the deployment',
        stage.at,
      ),
    );
    comments.push(isProp ? `TODO: ${name}, as in ${importName}${place}` : `TODO: the props${place}; ${name}`);
  }
  const constants = Object.entries(stage.constants).map(
    ([name, constant]) => [name, raw(`${context.nameOf(importOf(constant))}.${constant.member}`)] as const,
  );
  const props = Object.fromEntries([
    ...Object.entries(stage.props).map(([name, value]) => [name, literal(value)] as const),
    ...constants,
  ]);
  const hasProps = comments.length > 0 || Object.keys(props).length > 0;
  return call('stageClass', raw(importName), ...(hasProps ? [object({ props: object(props, comments) })] : []));
}

/** Fails when it is synthesised: a deployment without its stacks must not look like one. */
function missingStacks(stage: OldStage, context: Context): Code {
  const what =
    stage.class === undefined
      ? `the stage ${stage.id} is a plain Stage whose stacks are added from outside`
      : `the class ${stage.class.name} of ${stage.id} cannot be imported`;
  const fix =
    stage.class === undefined
      ? 'write a function that adds the stacks to the stage it is given'
      : 'export the class from a file of its own, and run this command again with --force';
  context.notes.push(notCarried(what, fix, stage.at));
  return raw(`() => {\n          throw new Error(${quoted(`TODO: ${what}`)});\n        }`);
}
