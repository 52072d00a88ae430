/** The names that this backend makes from those of the definition. */
import { createHash } from 'node:crypto';
import type { Environment } from '@cdkpipe/core';
import { hashLength, mapName, type NameRule } from './map-name.ts';

// CloudFormation takes 128; what follows in the name of a support stack takes up to 44.
const stackRule: NameRule = { character: /^[A-Za-z0-9-]$/, first: /^[A-Za-z]$/, maxLength: 84, filler: '-' };
const namespaceRule: NameRule = { character: /^[A-Za-z0-9@_-]$/, maxLength: 100, filler: '-' };
const artifactRule: NameRule = { character: /^[A-Za-z0-9_]$/, maxLength: 89, filler: '_' };
const projectRule: NameRule = { character: /^[A-Za-z0-9_-]$/, first: /^[A-Za-z0-9]$/, maxLength: 100, filler: '-' };
/** IAM takes 64 characters for a role, Lambda for a function. */
const physicalRule: NameRule = { character: /^[A-Za-z0-9_-]$/, first: /^[A-Za-z0-9]$/, maxLength: 64, filler: '-' };
const constructRule: NameRule = { character: /^[A-Za-z0-9.@_-]$/, maxLength: 100, filler: '-' };

/** Artifact of the main source. */
export const sourceArtifact = 'Source';
/** Artifact that holds the cloud assembly. */
export const assemblyArtifact = 'Assembly';
/** Artifact that holds its templates and their configurations. */
export const templatesArtifact = 'Templates';

/** ID and CloudFormation name of the pipeline's stack. */
export function pipelineStackName(pipeline: string): string {
  return mapName(`${pipeline}-pipeline`, stackRule);
}

/** ID and CloudFormation name of the stack that holds the role which updates the pipeline. */
export function updateStackName(pipeline: string): string {
  return `${pipelineStackName(pipeline)}-update`;
}

/** ID, in the cloud assembly, of the stack that holds what the pipeline needs in another environment. */
export function supportStackId(pipeline: string, home: Environment, env: Environment): string {
  const place = env.account === home.account ? env.region : `${env.account}-${env.region}`;
  return `${pipelineStackName(pipeline)}-support-${place}`;
}

/**
 * Its name in CloudFormation. It says where the pipeline lives: pipelines of one name in two accounts or regions would
 * take the stack away from each other.
 */
export function supportStackName(pipeline: string, home: Environment): string {
  return `${pipelineStackName(pipeline)}-support-for-${home.account}-${home.region}`;
}

/** Name of the pipeline's role; fixed, as roles in other accounts trust it before it exists. */
export function pipelineRoleName(pipeline: string, home: Environment): string {
  // Names of roles are unique in an account, those of pipelines in a region.
  return mapName(`${pipeline}/${home.region}/pipeline`, physicalRule);
}

/** What has a fixed name because another stack, or a policy in another account, refers to it. */
export interface NamedThing {
  readonly nodeId: string;
  readonly env: Environment;
  /** Tells apart what one node has in one environment; letters, digits, `_` and `-`. */
  readonly id: string;
}

/** Its physical name: at most 64 characters, different for each pipeline, node, environment and ID. */
export function physicalName(pipeline: string, home: Environment, { nodeId, env, id }: NamedThing): string {
  if (!/^[\w-]+$/.test(id))
    throw new TypeError(`"${id}" cannot be part of a physical name: use letters, digits, _ and -`);
  // Only the node's ID can hold a slash, so no two things are written alike.
  const places = [home, env].map(({ account, region }) => `${account}/${region}`).join('/');
  return mapName(`${pipeline}/${nodeId}/${id}/${places}`, physicalRule);
}

/** What every physical name of a pipeline begins with; names of other pipelines may begin with the same characters. */
export function physicalPrefix(pipeline: string): string {
  const of = (nodeId: string) => {
    const env = { account: '', region: '' };
    return physicalName(pipeline, env, { nodeId, env, id: nodeId });
  };
  const [one, other] = [of('a'), of('b')];
  let length = 0;
  // The hash at the end of a mapped name belongs to the whole.
  while (length < one.length - hashLength - 1 && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}

/** Namespace of the output variables of a node's action. */
export function namespaceOf(nodeId: string): string {
  return mapName(nodeId, namespaceRule);
}

/** Artifact of an additional source. CodeBuild makes a shell variable of it, so it has letters, digits and `_` only. */
export function additionalArtifact(directory: string): string {
  return nameArtifact('Source', directory);
}

/** Artifact of what a step around the build leaves behind, by the directory it is laid in. */
export function outputArtifact(directory: string): string {
  return nameArtifact('Output', directory);
}

/** Names whose parts in keys differ, so that policies can tell artifacts apart; longer ones begin with a hash. */
function nameArtifact(kind: 'Source' | 'Output', directory: string): string {
  const plain = `${kind}_${mapName(directory, artifactRule)}`;
  if (plain.length <= keyPartLength) return plain;
  const hash = createHash('sha256')
    .update(directory)
    .digest('hex')
    .slice(0, keyPartLength - 1);
  return `${kind[0]}${hash}_${mapName(directory, artifactRule)}`;
}

/**
 * CodePipeline's keys are `PIPELINE/ARTIFACT/NAME`: the names of pipeline and artifact, cut to 20 and 10 characters, and seven
 * characters that it makes up. AWS shows `MyGitHubPipeline/SourceArti/…` and `CodeBuild-Python-Pip/BuildArtif/6DJsqQa`
 * (https://docs.aws.amazon.com/cli/latest/reference/codebuild/batch-get-builds.html); the 20 characters are in
 * https://repost.aws/questions/QUI91tw7A9SUOMohJurNqmgA and https://github.com/awsdocs/aws-cloudformation-user-guide/pull/733.
 */
const keyPartLength = 10;

/** What stands of an artifact's name in its key. */
export function keyPartOf(artifact: string): string {
  return artifact.slice(0, keyPartLength);
}

/** Pattern of what stands of a pipeline's name in the keys of its artifacts; what becomes of other characters is not documented. */
export function keyPrefixOf(pipeline: string): string {
  return /^[A-Za-z0-9_-]+$/.test(pipeline) ? pipeline.slice(0, 20) : '*';
}

/** File of the assembly that lists what a publisher uploads. */
export function publishListFile(nodeId: string): string {
  return `publish/${mapName(nodeId, constructRule)}.txt`;
}

/** File of the assembly that lists the roles which an update of the pipeline assumes outside of its environment. */
export const updateRolesFile = 'update/roles.json';

/** Physical name of a node's CodeBuild project: it lets roles and log groups be named exactly. */
export function projectName(pipeline: string, nodeId: string): string {
  return mapName(`${pipeline}/${nodeId}`, projectRule);
}

/** ID of the construct that holds what a node needs. */
export function constructId(nodeId: string): string {
  return mapName(nodeId, constructRule);
}

/** Physical name of an artifact bucket that another stack refers to; unique in the world, so it carries a hash. */
export function artifactBucketName(stackName: string, env: Environment): string {
  const hash = createHash('sha256').update(`${env.account}/${env.region}/${stackName}`).digest('hex').slice(0, 24);
  return `cdkpipe-artifacts-${env.region}-${hash}`;
}

/** Executions of one pipeline stand behind each other in a stage, so the name needs nothing of its own. */
export const changeSetName = 'cdkpipe';
