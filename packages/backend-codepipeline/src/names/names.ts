/** The names that this backend makes from those of the definition. */
import { createHash } from 'node:crypto';
import type { Environment } from '@cdkpipe/core';
import { mapName, type NameRule } from './map-name.ts';

const stackRule: NameRule = { character: /^[A-Za-z0-9-]$/, first: /^[A-Za-z]$/, maxLength: 90, filler: '-' };
const namespaceRule: NameRule = { character: /^[A-Za-z0-9@_-]$/, maxLength: 100, filler: '-' };
const artifactRule: NameRule = { character: /^[A-Za-z0-9_]$/, maxLength: 90, filler: '_' };
const projectRule: NameRule = { character: /^[A-Za-z0-9_-]$/, first: /^[A-Za-z0-9]$/, maxLength: 100, filler: '-' };
const constructRule: NameRule = { character: /^[A-Za-z0-9.@_-]$/, maxLength: 100, filler: '-' };

/** Artifact of the main source. */
export const sourceArtifact = 'Source';
/** Artifact that holds the cloud assembly. */
export const assemblyArtifact = 'Assembly';

/** ID and CloudFormation name of the pipeline's stack. */
export function pipelineStackName(pipeline: string): string {
  return mapName(`${pipeline}-pipeline`, stackRule);
}

/** ID and CloudFormation name of the stack that holds what the pipeline needs in another environment. */
export function supportStackName(pipeline: string, home: Environment, env: Environment): string {
  const place = env.account === home.account ? env.region : `${env.account}-${env.region}`;
  return `${pipelineStackName(pipeline)}-support-${place}`;
}

/** Namespace of the output variables of a node's action. */
export function namespaceOf(nodeId: string): string {
  return mapName(nodeId, namespaceRule);
}

/** Artifact of an additional source. CodeBuild makes a shell variable of it, so it has letters, digits and `_` only. */
export function additionalArtifact(directory: string): string {
  return `Source_${mapName(directory, artifactRule)}`;
}

/** Physical name of a node's CodeBuild project: it lets roles and log groups be named exactly. */
export function projectName(pipeline: string, nodeId: string): string {
  return mapName(`${pipeline}/${nodeId}`, projectRule);
}

/** ID of the construct that holds what a node needs. */
export function constructId(nodeId: string): string {
  return mapName(nodeId, constructRule);
}

/** Physical name of the artifact bucket in another environment; unique in the world, so it carries a hash. */
export function supportBucketName(stackName: string, env: Environment): string {
  const hash = createHash('sha256').update(`${env.account}/${env.region}/${stackName}`).digest('hex').slice(0, 24);
  return `cdkpipe-artifacts-${env.region}-${hash}`;
}
