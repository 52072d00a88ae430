/** A live step of CDK Pipelines as data. */
import type { OldShellStep, OldSource, OldStep } from '../old-app/old-app.ts';
import { siteOf } from './call-site.ts';
import { constructed, loadedFiles } from './constructed.ts';
import { bagOf, describeProject } from './describe-project.ts';
import { commandsOfJob, isExpression } from './job-commands.ts';
import { plainText, type Tokens, textOf } from './plain-value.ts';

/** A `Step`, of which only what is asked for is known here. */
export type LiveStep = object & { readonly id: string; readonly dependencies: readonly LiveStep[] };

const keys = new Map<object, number>();

/** The same number for the same step, wherever it is used. */
export function keyOf(step: object): number {
  const key = keys.get(step) ?? keys.size + 1;
  keys.set(step, key);
  return key;
}

export function describeStep(step: LiveStep, tokens: Tokens): OldStep {
  const className = step.constructor.name;
  const { at } = siteOf(constructed.get(step)?.stack ?? '', className);
  const common = {
    key: keyOf(step),
    id: step.id,
    className,
    dependsOn: step.dependencies.map(keyOf),
    ...(at && { at }),
  };
  if (isOf(step, 'pipelines/lib/codepipeline/codepipeline-source.js', 'CodePipelineSource'))
    return describeSource(step, common, tokens);
  if (isOf(step, 'pipelines/lib/blueprint/shell-step.js', 'ShellStep')) return describeShell(step, common, tokens);
  if (isOf(step, 'pipelines/lib/codepipeline/confirm-permissions-broadening.js', 'ConfirmPermissionsBroadening'))
    return { ...common, type: 'broadening', ...topicOf(bagOf(bagOf(step).props), tokens) };
  if (isOf(step, 'pipelines/lib/blueprint/manual-approval.js', 'ManualApprovalStep')) {
    const { comment, reviewUrl } = bagOf(step);
    return {
      ...common,
      type: 'manual',
      ...(comment !== undefined && { comment: textOf(comment, tokens, keyOf) }),
      ...(reviewUrl !== undefined && { link: textOf(reviewUrl, tokens, keyOf) }),
      ...topicOf(bagOf(step), tokens),
    };
  }
  if (isOf(step, 'github/lib/steps/github-action-step.js', 'GitHubActionStep')) return describeJob(step, common);
  return { ...common, type: 'other' };
}

/** The steps of a job of GitHub as commands, where all of them are. */
function describeJob(step: LiveStep, common: Common): OldStep {
  const { jobSteps, env, permissions, githubEnvironment } = bagOf(step);
  const { commands, other } = commandsOfJob(jobSteps);
  const variables = Object.entries(bagOf(env)).filter(([, value]) => isExpression(String(value)));
  const open = [
    ...other,
    ...variables.map(([name]) => `the variable ${name}`),
    ...(permissions === undefined ? [] : ['permissions']),
    ...(githubEnvironment === undefined ? [] : [`the environment ${String(githubEnvironment)}`]),
  ];
  if (open.length > 0 || commands.length === 0)
    return { ...common, type: 'other', reason: `is a job of GitHub with ${open.join(', ') || 'no commands'}` };
  return {
    ...common,
    type: 'shell',
    commands: commands.map((command) => [command]),
    installCommands: [],
    env: mapValues(bagOf(env), (value) => [String(value)]),
    outputValues: {},
    inputs: [],
    exports: [],
    project: { other: [] },
  };
}

function isOf(step: object, file: string, className: string): boolean {
  const Class = loadedFiles.get(file)?.[className];
  return typeof Class === 'function' && step instanceof Class;
}

type Common = Pick<OldStep, 'key' | 'id' | 'className' | 'dependsOn' | 'at'>;

function topicOf({ notificationTopic }: Readonly<Record<string, unknown>>, tokens: Tokens) {
  return notificationTopic === undefined ? {} : { topic: textOf(bagOf(notificationTopic).topicArn, tokens, keyOf) };
}

interface FileSetLocation {
  readonly directory: string;
  readonly fileSet: { readonly producer: object };
}

function describeShell(step: LiveStep, common: Common, tokens: Tokens): OldShellStep {
  const { commands, installCommands, env, envFromCfnOutputs, inputs, outputs } = bagOf(step);
  const { args: [, props] = [] } = constructed.get(step) ?? {};
  const text = (value: unknown) => textOf(value, tokens, keyOf);
  const primary = bagOf(step)._primaryOutputDirectory;
  const others = (outputs as readonly FileSetLocation[]).filter(({ directory }) => directory !== primary);
  // A class of the app's own may have given other props to its base; the fields are what counts.
  const project = describeProject({ ...bagOf(props), ...definedFields(step) }, tokens);
  return {
    ...common,
    type: 'shell',
    commands: (commands as readonly unknown[]).map(text),
    installCommands: (installCommands as readonly unknown[]).map(text),
    env: mapValues(bagOf(env), text),
    outputValues: mapValues(bagOf(envFromCfnOutputs), (reference) => ({
      artifact: String(bagOf(reference).stackArtifactId),
      name: String(bagOf(reference).outputName),
    })),
    inputs: (inputs as readonly FileSetLocation[]).map(({ directory, fileSet }) => ({
      directory,
      producer: keyOf(fileSet.producer),
    })),
    ...(typeof primary === 'string' && { output: primary }),
    exports: [...((bagOf(step).exportedVariables as Iterable<string> | undefined) ?? [])],
    project: {
      ...project,
      other: [...project.other, ...others.map(({ directory }) => `addOutputDirectory('${directory}')`)],
    },
  };
}

const projectFields = [
  'buildEnvironment',
  'vpc',
  'subnetSelection',
  'securityGroups',
  'cache',
  'fileSystemLocations',
  'logging',
  'role',
  'actionRole',
  'projectName',
  'timeout',
  'rolePolicyStatements',
];

function definedFields(step: object): Record<string, unknown> {
  const bag = bagOf(step);
  const fields = projectFields.filter((name) => bag[name] !== undefined).map((name) => [name, bag[name]]);
  const buildSpec = bag._partialBuildSpec;
  return { ...Object.fromEntries(fields), ...(buildSpec !== undefined && { partialBuildSpec: buildSpec }) };
}

const sourceTypes: Readonly<Record<string, OldSource['source']>> = {
  CodeStarConnectionSource: 'connection',
  GitHubSource: 'github',
  CodeCommitSource: 'codeCommit',
  S3Source: 's3',
  ECRSource: 'ecr',
};

function describeSource(step: LiveStep, common: Common, tokens: Tokens): OldStep {
  const source = sourceTypes[common.className];
  if (source === undefined) return { ...common, type: 'other' };
  const { owner, repo, branch, bucket, objectKey, repository, props } = bagOf(step);
  const { connectionArn, codeBuildCloneOutput, triggerOnPush, trigger, imageTag, authentication, role, eventRole } =
    bagOf(props);
  const name =
    source === 's3'
      ? bagOf(bucket).bucketName
      : source === 'codeCommit' || source === 'ecr'
        ? bagOf(repository).repositoryName
        : `${String(owner)}/${String(repo)}`;
  const texts = {
    name: plainText(name, tokens),
    branch: plainText(branch, tokens),
    objectKey: plainText(objectKey, tokens),
    tag: plainText(imageTag, tokens),
    connectionArn: plainText(connectionArn, tokens),
    trigger: triggerOnPush === false ? 'None' : plainText(trigger, tokens),
  };
  return {
    ...common,
    type: 'source',
    source,
    ...(Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) as Partial<typeof texts>),
    ...(codeBuildCloneOutput === true && { fullClone: true }),
    ...(source === 'github' && secretOf(authentication)),
    other: Object.entries({ role, eventRole }).flatMap(([key, value]) => (value === undefined ? [] : [key])),
  } as OldSource;
}

/** `SecretValue.secretsManager('name')` is a dynamic reference with the name in it. */
function secretOf(authentication: unknown): { readonly tokenSecret?: string } {
  const { value } = bagOf(authentication);
  const reference = /^\{\{resolve:secretsmanager:((?:arn:[^:]+:[^:]+:[^:]+:[^:]+:secret:)?[^:]+):SecretString:::?\}\}$/;
  const name = typeof value === 'string' ? reference.exec(value)?.[1] : reference.exec(String(bagOf(value).value))?.[1];
  return name === undefined ? {} : { tokenSecret: name };
}

function mapValues<T>(bag: Readonly<Record<string, unknown>>, map: (value: unknown) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(bag).map(([key, value]) => [key, map(value)]));
}
