/** Reads the stacks of one deployment from its cloud assembly, as plain data. */
import { readFileSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import type {
  AssetManifestArtifact,
  CloudArtifact,
  CloudAssembly,
  CloudFormationStackArtifact,
} from 'aws-cdk-lib/cx-api';
import type { AssembledStack, StackAsset } from '../contracts/assembly.ts';
import * as words from '../errors/catalogue/assembly.ts';
import type { Problem } from '../errors/problem.ts';
import { stagePath } from '../model/construct-path.ts';
import type { Deployment } from '../model/pipeline.ts';
import { readAcknowledgedRules } from './acknowledged-rules.ts';
import { checkStackSize } from './check-stack-size.ts';
import { type MarkedOutput, outputMetadata } from './mark-outputs.ts';
import { preparesFromAssets } from './prepares-from-assets.ts';
import { readAnnotationErrors } from './read-annotations.ts';
import type { Template } from './values/template.ts';
import { findValueFlows } from './values/value-flows.ts';

/** A stack before the stacks are put in order: `imports` has doubts also about stacks that do not execute before it. */
export type ReadStack = AssembledStack;

/** Stacks in the order of the manifest; faults are added to `problems`. */
export function readStacks(
  assembly: CloudAssembly,
  deployment: Deployment,
  outdir: string,
  problems: Problem[],
): ReadStack[] {
  const found = assembly.stacksRecursively.map((artifact) => {
    const id = stackId(artifact, deployment);
    const path = `${deployment.path} (stack ${deployment.name}/${id})`;
    const { account, region } = artifact.environment;
    if (account === 'unknown-account' || region === 'unknown-region')
      problems.push(words.stackWithoutEnvironment(path, id));
    if (artifact.assets.length > 0) problems.push(words.legacyAssets(path, id));
    problems.push(...readAnnotationErrors(artifact, path));
    const text = readFileSync(artifact.templateFullPath, 'utf8');
    const template = JSON.parse(text) as Template;
    problems.push(...checkStackSize({ path, id, text, template, tags: artifact.tags }));
    return { artifact, id, text, template };
  });
  const idsByArtifact = new Map(found.map(({ artifact, id }) => [artifact, id]));
  const flows = findValueFlows(
    found.map(({ artifact, id, text, template }) => ({
      id,
      text,
      template,
      stackName: artifact.stackName,
      env: environmentOf(artifact),
      parameters: artifact.parameters,
    })),
  );
  const inAssembly = (file: string) => {
    const path = relative(outdir, file).split(sep).join('/');
    if (path.startsWith('../') || isAbsolute(path))
      throw new Error(`it names the file ${path}, which is outside of it`);
    return path;
  };
  return found.map(({ artifact, id, text, template }) => ({
    id,
    stackName: artifact.stackName,
    artifactId: artifact.id,
    env: environmentOf(artifact),
    templateFile: inAssembly(artifact.templateFullPath),
    dependencies: artifact.dependencies.flatMap(
      (dependency) => idsByArtifact.get(dependency as CloudFormationStackArtifact) ?? [],
    ),
    imports: flows.get(id) ?? [],
    outputs: Object.keys(template.Outputs ?? {}),
    ...readOutputProperties(artifact),
    ...readAssets(artifact, inAssembly),
    ...(preparesFromAssets(text, template) ? { preparesFromAssets: true } : {}),
    ...(artifact.assumeRoleArn ? { deployRoleArn: artifact.assumeRoleArn } : {}),
    ...(artifact.assumeRoleExternalId ? { deployExternalId: artifact.assumeRoleExternalId } : {}),
    ...optionNames('deployRoleOptions', artifact.assumeRoleAdditionalOptions),
    ...(artifact.lookupRole?.arn ? { lookupRoleArn: artifact.lookupRole.arn } : {}),
    ...(artifact.lookupRole?.assumeRoleExternalId
      ? { lookupExternalId: artifact.lookupRole.assumeRoleExternalId }
      : {}),
    ...optionNames('lookupRoleOptions', artifact.lookupRole?.assumeRoleAdditionalOptions),
    ...(artifact.cloudFormationExecutionRoleArn ? { executionRoleArn: artifact.cloudFormationExecutionRoleArn } : {}),
    tags: artifact.tags,
    ...(artifact.terminationProtection ? { terminationProtection: true as const } : {}),
    ...readParameters(artifact.parameters, template.Parameters),
    acknowledgedRules: readAcknowledgedRules(artifact),
  }));
}

function readOutputProperties(artifact: CloudFormationStackArtifact) {
  const marked = artifact.findMetadataByType(outputMetadata).map(({ data }) => data as unknown as MarkedOutput);
  if (marked.length === 0) return {};
  return { outputProperties: Object.fromEntries(marked.map(({ property, output }) => [property, output])) };
}

function environmentOf({ environment: { account, region } }: CloudFormationStackArtifact) {
  return { account, region };
}

function optionNames<Name extends 'deployRoleOptions' | 'lookupRoleOptions'>(
  name: Name,
  options: Readonly<Record<string, unknown>> = {},
): Partial<Record<Name, string[]>> {
  const names = Object.keys(options);
  return names.length === 0 ? {} : ({ [name]: names } as Record<Name, string[]>);
}

function readParameters(given: Readonly<Record<string, string>>, declared: Template['Parameters'] = {}) {
  const open = Object.keys(declared).filter((name) => !(name in given) && declared[name]?.Default === undefined);
  return {
    ...(Object.keys(given).length > 0 ? { parameters: given } : {}),
    ...(open.length > 0 ? { openParameters: open } : {}),
  };
}

/** The path of the stack's construct inside the deployment. */
function stackId({ hierarchicalId }: CloudFormationStackArtifact, deployment: Deployment): string {
  const stage = `${stagePath(deployment)}/`;
  return hierarchicalId.startsWith(stage) ? hierarchicalId.slice(stage.length) : hierarchicalId;
}

function readAssets(artifact: CloudFormationStackArtifact, inAssembly: (file: string) => string) {
  const found = artifact.dependencies.find(isAssetManifest);
  if (!found) return { assets: [], hasDockerAssets: false, publishingRoleArns: [] };
  const assets = listAssets(found, artifact.templateFile);
  return {
    assetManifest: inAssembly(found.file),
    assets,
    hasDockerAssets: assets.some(({ type }) => type === 'image'),
    publishingRoleArns: [...new Set(assets.flatMap(({ roleArn }) => roleArn ?? []))].sort(),
  };
}

function listAssets({ contents: { files = {}, dockerImages = {} } }: AssetManifestArtifact, template: string) {
  return [
    ...Object.entries(files).flatMap(([id, { source, destinations }]) =>
      Object.entries(destinations).map(([destination, { bucketName, objectKey, region = '', ...role }]) => ({
        id,
        destination,
        type: 'file' as const,
        target: `${region}/${bucketName}/${objectKey}`,
        isTemplate: source.path === template,
        ...roleOf(role),
      })),
    ),
    ...Object.entries(dockerImages).flatMap(([id, { source, destinations }]) =>
      Object.entries(destinations).map(([destination, { repositoryName, imageTag, region = '', ...role }]) => ({
        id,
        destination,
        type: 'image' as const,
        target: `${region}/${repositoryName}:${imageTag}`,
        isTemplate: false,
        ...(source.platform === undefined ? {} : { platform: source.platform }),
        ...roleOf(role),
      })),
    ),
  ] satisfies StackAsset[];
}

interface AssumedRole {
  readonly assumeRoleArn?: string;
  readonly assumeRoleAdditionalOptions?: Readonly<Record<string, unknown>>;
}

function roleOf({
  assumeRoleArn,
  assumeRoleAdditionalOptions,
}: AssumedRole): Pick<StackAsset, 'roleArn' | 'tagsSession'> {
  return {
    ...(assumeRoleArn === undefined ? {} : { roleArn: assumeRoleArn }),
    ...(assumeRoleAdditionalOptions?.Tags === undefined ? {} : { tagsSession: true }),
  };
}

export function isAssetManifest(artifact: CloudArtifact): artifact is AssetManifestArtifact {
  return 'file' in artifact && 'contents' in artifact;
}
