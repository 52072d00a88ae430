/** Words for what the CodePipeline backend refuses. */
import { type Environment, environmentName, type Problem, referenceText, type ValueReference } from '@cdkpipe/core';
import type { Limit, NameLimit } from './limits.ts';

/** Where a fault lies: a place in the definition, or a node of the plan. */
export interface Place {
  readonly path?: string;
  readonly node?: string;
}

const at = ({ path, node }: Place) => ({
  ...(path === undefined ? {} : { path }),
  ...(node === undefined ? {} : { node }),
});

/** @param subject what has it, for example `stage "Prod"` */
export function outsideLimit(limit: Limit, subject: string, found: number, place: Place = {}): Problem {
  const over = found > limit.max;
  const bound = over ? limit.max : (limit.min ?? 0);
  const unit = limit.unit === '' ? '' : ` ${limit.unit}`;
  return {
    code: over ? 'LIMIT_EXCEEDED' : 'LIMIT_NOT_REACHED',
    message: `${limit.what} of ${subject}: ${found}${unit}, ${Math.abs(found - bound)} ${over ? 'more than the most' : 'less than the least'} AWS takes, ${bound}`,
    fix: `${over ? 'take away' : 'add'} ${Math.abs(found - bound)}; the limit is described at ${limit.source}`,
    ...at(place),
  };
}

export function nameOutsideRule(limit: NameLimit, name: string, place: Place = {}): Problem {
  const tooLong = name.length > limit.maxLength;
  return {
    code: tooLong ? 'NAME_TOO_LONG' : 'NAME_CHARACTERS',
    message: tooLong
      ? `the ${limit.what} name "${name}" has ${name.length} characters, ${name.length - limit.maxLength} more than ${limit.maxLength}`
      : `the ${limit.what} name "${name}" has characters that CodePipeline does not take`,
    fix: `use 1 to ${limit.maxLength} of ${limit.characters}`,
    ...at(place),
  };
}

export const textIsResolved = (option: string, found: '#{' | '{{resolve:', place: Place): Problem => ({
  code: 'TEXT_WOULD_BE_RESOLVED',
  message: `"${option}" contains "${found}", which ${found === '#{' ? 'CodePipeline' : 'CloudFormation'} would replace and which cannot be escaped`,
  fix:
    found === '#{'
      ? 'write the text without "#{", or use output(stack, name) for the value of an output'
      : 'refer to a secret with { type: "SECRETS_MANAGER" or "PARAMETER_STORE", value } instead',
  ...at(place),
});

export const textIsToken = (option: string, place: Place): Problem => ({
  code: 'TEXT_IS_TOKEN',
  message: `"${option}" contains a CDK token, which has no value in the pipeline's stack`,
  fix: 'use output(stack, name) for values that only exist after a deployment',
  ...at(place),
});

export const environmentNameInvalid = (name: string, place: Place): Problem => ({
  code: 'ENV_NAME_INVALID',
  message: `"${name}" cannot be the name of an environment variable`,
  fix: 'use letters, digits and _, not starting with a digit, CODEBUILD_ or CDKPIPE_',
  ...at(place),
});

export const environmentTooLong = (length: number, max: number, names: readonly string[], place: Place): Problem => ({
  code: 'ENV_TOO_LONG',
  message: `the variables with values of outputs (${names.join(', ')}) take ${length} characters of action configuration, ${length - max} more than ${max}`,
  fix: 'pass fewer outputs to one step, or give the variables shorter names',
  ...at(place),
});

export const outputDirectoryUnsafe = (directory: string): Problem => ({
  code: 'OUTPUT_DIRECTORY_UNSAFE',
  message: `the build's output directory "${directory}" has characters that CodeBuild would interpret`,
  path: 'build.output',
  fix: 'use letters, digits and . _ / - only',
});

export const inputUnknown = (directory: string, known: readonly string[], place: Place): Problem => ({
  code: 'INPUT_UNKNOWN',
  message: `there is no input "${directory}" here`,
  fix: known.length > 0 ? `use one of: ${known.join(', ')}` : 'nothing can be laid in here; remove it',
  ...at(place),
});

export const tokenSecretInvalid = (name: string, place: Place): Problem => ({
  code: 'TOKEN_SECRET_INVALID',
  message: `"${name}" cannot be the name or ARN of a Secrets Manager secret`,
  fix: 'use letters, digits and / _ + = . @ -',
  ...at(place),
});

export const secretReferenceInvalid = (variable: string, value: string, place: Place): Problem => ({
  code: 'SECRET_REFERENCE_INVALID',
  message: `the variable "${variable}" refers to "${value}", which is no name of a secret or parameter`,
  fix: 'use a name or ARN of letters, digits and / _ + = . @ - (and :json-key after a secret)',
  ...at(place),
});

export const stackNameTaken = (stack: string, holder: string, place: Place): Problem => ({
  code: 'STACK_NAME_TAKEN',
  message: `${holder} would take the name of the pipeline's own stack, "${stack}"`,
  fix: 'rename it, or the pipeline',
  ...at(place),
});

export const deployRoleMissing = (stack: string, place: Place): Problem => ({
  code: 'DEPLOY_ROLE_MISSING',
  message: `the stack "${stack}" names no bootstrap role to deploy it with`,
  fix: 'let it use the DefaultStackSynthesizer, the CDK default',
  ...at(place),
});

export const rolePlaceholderUnknown = (arn: string, place: Place): Problem => ({
  code: 'ROLE_PLACEHOLDER_UNKNOWN',
  message: `the role "${arn}" has a placeholder that only the CDK CLI can fill`,
  fix: 'give the deployment an env with account and region',
  ...at(place),
});

export const partitionForeign = (region: string, home: string, place: Place): Problem => ({
  code: 'PARTITION_FOREIGN',
  message: `the region "${region}" is in another partition of AWS than the pipeline's "${home}"`,
  fix: 'make one pipeline for each partition; roles cannot be assumed across them',
  ...at(place),
});

export const sourceHasNoClone = (directory: string, place: Place): Problem => ({
  code: 'ARTIFACT_UNKNOWN',
  message: `the plan has no source for "${directory}"`,
  ...at(place),
});

export const actionInvalid = (kind: string, issue: string, place: Place): Problem => ({
  code: 'ACTION_INVALID',
  message: `what was drawn for "${kind}" is no action of CodePipeline: ${issue}`,
  fix: 'return an ActionDeclaration, as @cdkpipe/backend-codepipeline exports it',
  ...at(place),
});

export const topicInOtherRegion = (topic: string, region: string, place: Place): Problem => ({
  code: 'TOPIC_IN_OTHER_REGION',
  message: `the topic ${topic} is not in ${region}, where the pipeline lives`,
  fix: `name a topic in ${region}: neither CodePipeline nor its events reach another region`,
  ...at(place),
});

export const cannotPass = (kind: string, place: Place): Problem => ({
  code: 'ACTION_INVALID',
  message: `what was drawn for "${kind}" cannot pass by itself: \`passUnless\` is for a manual approval in \`changes\``,
  fix: 'leave `passUnless` out, or return category "Approval" and provider "Manual" for a step in `changes`',
  ...at(place),
});

export const passChanged = (place: Place): Problem => ({
  code: 'ACTION_INVALID',
  message: 'a `render` hook changed `passUnless`, which says when nobody is asked',
  fix: 'let the hook leave `passUnless` as it is; it belongs to the step',
  ...at(place),
});

export const roomTooSmall = (room: number, least: number, place: Place): Problem => ({
  code: 'REVIEW_ROOM_TOO_SMALL',
  message: `what would change is to be said in ${room} characters`,
  fix: `give it a whole number of characters, ${least} at least`,
  ...at(place),
});

export const commentTooLong = (length: number, most: number, place: Place): Problem => ({
  code: 'COMMENT_TOO_LONG',
  message: `the comment has ${length} characters, ${length - most} more than fit beside what would change`,
  fix: `write at most ${most} characters; the rest of the 1,000 that CodePipeline shows is for the changes`,
  ...at(place),
});

export const outputNotReady = (stack: string, name: string, place: Place): Problem => ({
  code: 'OUTPUT_NOT_READY',
  message: `the output "${name}" of "${stack}" is not known yet where it is used`,
  fix: 'use it in a step after the execution of that stack',
  ...at(place),
});

export const valueNotReady = (reference: ValueReference, place: Place): Problem => ({
  code: 'VALUE_NOT_READY',
  message: `the value of ${referenceText(reference)} is not known yet where it is used`,
  fix: 'use it in a step that stands behind what makes the value',
  ...at(place),
});

export const variableNotSet = (node: string, variable: string, place: Place): Problem => ({
  code: 'VARIABLE_NOT_SET',
  message: `the action of "${node}" sets no variable "${variable}"`,
  fix: 'let the renderer of its kind, or the `render` hook that changed it, name the variable in `variables`',
  ...at(place),
});

export const freeTextInEnvironment = (variable: string, place: Place): Problem => ({
  code: 'FREE_TEXT_IN_ENVIRONMENT',
  message: `the variable "${variable}" holds the message of a commit, and here CodePipeline would paste it into the JSON of all variables, where its text could add others`,
  fix: "let the step run in the pipeline's account and in an image of CodeBuild's (aws/codebuild/...), where the build looks values up, or read the message from a full clone",
  ...at(place),
});

export const exportAcrossAccounts = (step: string, account: string, place: Place): Problem => ({
  code: 'EXPORT_ACROSS_ACCOUNTS',
  message: `"${step}" runs in the account ${account}, from which CodePipeline hands on no variables`,
  fix: "let it run in the pipeline's account, or let what it finds out be an output of a stack",
  ...at(place),
});

export const triggerFilterInvalid = (path: string, fault: string, fix: string): Problem => ({
  code: 'TRIGGER_FILTER_INVALID',
  message: `CodePipeline cannot start on this filter: ${fault}`,
  path,
  fix,
});

export const artifactsOutOfReach = (region: string, env: Environment, place: Place): Problem => ({
  code: 'ARTIFACTS_OUT_OF_REACH',
  message: `the artifacts in "${region}" were drawn for the pipeline's account alone, and an action in ${environmentName(env)} wants to read them`,
  fix: 'act where `runIn` of the step says (`runsCode: true` gives a kind this option), as that is known in time',
  ...at(place),
});

export const outputAcrossAccounts = (artifact: string, account: string, place: Place): Problem => ({
  code: 'OUTPUT_ACROSS_ACCOUNTS',
  message: `the action would put out the artifact "${artifact}" from the account ${account}; CodeBuild encrypts outputs with a key of its own account there, which the pipeline cannot use`,
  fix: "run the step in the pipeline's account, or let it hand its result on in another way",
  ...at(place),
});

export const variablesAcrossAccounts = (namespace: string, account: string, place: Place): Problem => ({
  code: 'VARIABLES_ACROSS_ACCOUNTS',
  message: `the action hands variables on as "${namespace}" from CodeBuild in the account ${account}, and nothing says that they come back across accounts`,
  fix: "run the step in the pipeline's account, or let it hand its result on in another way",
  ...at(place),
});

export const cloneAcrossAccounts = (connectionArn: string, env: Environment, place: Place): Problem => ({
  code: 'CLONE_ACROSS_ACCOUNTS',
  message: `a step in ${environmentName(env)} would have to clone the source through "${connectionArn}", a connection of another account`,
  fix: "leave `fullClone` out of the source, or run the step in the connection's account",
  ...at(place),
});

export const sourceElsewhere = (region: string, place: Place): Problem => ({
  code: 'SOURCE_ELSEWHERE',
  message: `the source action would work in "${region}"; CodePipeline fetches sources in its own region only`,
  fix: 'leave `region` out of the action',
  ...at(place),
});

export const pipelineMissing = (file: string): Problem => ({
  code: 'PIPELINE_MISSING',
  message: `no AWS::CodePipeline::Pipeline was found in "${file}"`,
  fix: 'if `customize` or a plugin takes it away, leave it',
});

export const artifactWithoutProducer = (artifact: string, action: string): Problem => ({
  code: 'ARTIFACT_WITHOUT_PRODUCER',
  message: `${action} takes the artifact "${artifact}", which no earlier action makes`,
  fix: 'name an artifact that an action of an earlier stage or run order puts out',
});

export const artifactTwice = (artifact: string, action: string): Problem => ({
  code: 'ARTIFACT_MADE_TWICE',
  message: `${action} puts out the artifact "${artifact}", which another action already makes`,
  fix: 'give each output artifact a name of its own',
});

export const regionWithoutStore = (region: string, action: string): Problem => ({
  code: 'REGION_WITHOUT_STORE',
  message: `${action} works in "${region}", for which the pipeline has no artifact store`,
  fix: `add a bucket in ${region} to ArtifactStores`,
});

export const nameTwice = (what: string, name: string, where: string): Problem => ({
  code: 'NAME_TWICE',
  message: `two ${what}s of ${where} are called "${name}"`,
  fix: 'give each a name of its own',
});

export const stageNameTaken = (stage: string, [first, second]: readonly [string, string], place: Place): Problem => ({
  code: 'STAGE_NAME_TAKEN',
  message: `a stage of the wave "${first}" and one of the wave "${second}" would both be called "${stage}"`,
  fix: 'rename one of the waves: a wave that needs several stages adds ".before", ".2" and so on to its name',
  ...at(place),
});

/** The same problem, with what keeps a stage from being split. */
export const changeSetsTogether = (problem: Problem, deployment: string): Problem => ({
  ...problem,
  fix: `the change sets of "${deployment}" are made together, and no other run may come between making and executing them, so the stage cannot be split: write prepare: 'each' or prepare: false, deploy fewer stacks, or raise backends.codepipeline.actionsPerStage where the account has a higher quota`,
});

export const rollbackTwice = (deployment: string, wave: string, place: Place): Problem => ({
  code: 'ROLLBACK_TWICE',
  message: `the deployment "${deployment}" asks for a rollback of its own, but its wave "${wave}" rolls back as a whole`,
  fix: 'write `rollback` at the wave or at deployments of it',
  ...at(place),
});

export const rollbackSplit = (what: string, stages: readonly string[], place: Place): Problem => ({
  code: 'ROLLBACK_SPLIT',
  message: `${what} needs ${stages.length} stages (${stages.join(', ')}), and CodePipeline rolls back only the one that fails`,
  fix: what.startsWith('the wave')
    ? 'make several waves of it, or write `rollback` at its deployments, which then get a stage each'
    : 'make several deployments of it, or remove `rollback`',
  ...at(place),
});

export const rollbackShared = (deployment: string, others: readonly string[], place: Place): Problem => ({
  code: 'ROLLBACK_SHARED',
  message: `a rollback of "${deployment}" would roll back ${others.map((name) => `"${name}"`).join(', ')} too: they wait for each other, so they share a stage`,
  fix: 'write `rollback` at the wave, or let no plugin lead edges between the deployments',
  ...at(place),
});

export const buildSpecConflict = (what: string, fix: string, place: Place): Problem => ({
  code: 'BUILD_SPEC_CONFLICT',
  message: `the buildspec of "${place.node ?? place.path}" cannot have ${what}`,
  fix,
  ...at(place),
});

export const gateIgnoresFailure = (phase: string, place: Place): Problem => ({
  code: 'GATE_IGNORES_FAILURE',
  message: `"on-failure: CONTINUE" in the phase "${phase}" could let the gate "${place.node}" pass although its commands failed`,
  fix: 'use "ABORT" or "RETRY"; commands that may fail can end in "|| true"',
  ...at(place),
});

export const fileSystemWithoutVpc = (place: Place): Problem => ({
  code: 'FILE_SYSTEM_WITHOUT_VPC',
  message: `"${place.node}" mounts file systems and has no \`vpc\` in which to reach them`,
  fix: 'add `vpc`, with subnets that hold a mount target',
  ...at(place),
});

export const cacheUnprivileged = (place: Place): Problem => ({
  code: 'CACHE_UNPRIVILEGED',
  message: `"${place.node}" caches layers of docker images and may not run docker`,
  fix: 'add `privileged: true`, or leave out the mode "docker"',
  ...at(place),
});

export const imageSecretUnused = (image: string, place: Place): Problem => ({
  code: 'IMAGE_SECRET_UNUSED',
  message: `the image "${image}" is fetched without credentials of a registry, so its \`secret\` has no use`,
  fix: 'leave out `secret`; access to ECR comes from the role',
  ...at(place),
});

export const stepOutputMisplaced = (place: Place): Problem => ({
  code: 'STEP_OUTPUT_MISPLACED',
  message: `the step "${place.node}" has an \`output\`, which only steps around the build may have`,
  fix: 'leave out `output`; what deployments need is made before or in the build',
  ...at(place),
});

export const stepOutputTaken = (directory: string, other: string, place: Place): Problem => ({
  code: 'STEP_OUTPUT_TAKEN',
  message: `the output of "${place.node}" would be laid in "${directory}", which overlaps with "${other}"`,
  fix: 'lay it in a directory of its own: output: { from, to }',
  ...at(place),
});

export const stepOutputUnsafe = (directory: string, place: Place): Problem => ({
  code: 'STEP_OUTPUT_UNSAFE',
  message: `the output of "${place.node}" cannot be the directory "${directory}"`,
  fix: 'use a relative path of A-Z a-z 0-9 . _ - and / without ".."',
  ...at(place),
});

export const dockerCredentialUnused = (usage: string, place: Place): Problem => ({
  code: 'DOCKER_CREDENTIAL_UNUSED',
  message: `a docker credential is meant for "${usage}", where docker cannot run`,
  path: 'backends.codepipeline.dockerCredentials',
  fix:
    usage === 'build'
      ? 'set `privileged: true` in the build, or leave out the usage'
      : `set codeBuildDefaults: { ${usage}: { privileged: true } }, or leave out the usage`,
  ...(place.node === undefined ? {} : { node: place.node }),
});

export const existingRoleUnchanged = (role: string, place: Place): Problem => ({
  code: 'EXISTING_ROLE_UNCHANGED',
  message: `"${place.node}" has a \`rolePolicy\`, and its role "${role}" exists and is not changed`,
  fix: 'leave out `rolePolicy` and allow it in that role, or leave the role to cdkpipe',
  ...at(place),
});

export const existingBucketWithoutKey = (region: string, bucket: string): Problem => ({
  code: 'EXISTING_BUCKET_WITHOUT_KEY',
  message: `roles of other accounts read artifacts in "${region}", and the existing bucket "${bucket}" has no key that they could use`,
  path: 'backends.codepipeline.existing.artifacts',
  fix: 'add `key`, the ARN of a KMS key whose policy lets those roles decrypt',
});

export const pipelineNotMade = (why: string, fix: string): Problem => ({
  code: 'PIPELINE_NOT_MADE',
  message: `the function \`pipeline\` did not make the pipeline: ${why}`,
  path: 'backends.codepipeline.pipeline',
  fix,
});
