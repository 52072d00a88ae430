/** The container a build runs in, and what its role needs to fetch it. */
import type { Architecture, BuildImage, ComputeType, Environment } from '@cdkpipe/core';
import { curatedArchitecture, defaultImage, isCurated } from '../aws/curated-images.ts';
import type { CdkModules } from '../aws/modules.ts';
import type { Grant } from '../contract/grant.ts';
import { secretArn } from './secret-grants.ts';

const computeTypes: Readonly<Record<ComputeType, string>> = {
  small: 'BUILD_GENERAL1_SMALL',
  medium: 'BUILD_GENERAL1_MEDIUM',
  large: 'BUILD_GENERAL1_LARGE',
  xlarge: 'BUILD_GENERAL1_XLARGE',
  '2xlarge': 'BUILD_GENERAL1_2XLARGE',
};

const ecrImage = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

export interface ImageProperty {
  readonly type: 'LINUX_CONTAINER' | 'ARM_CONTAINER';
  readonly image: string;
  readonly computeType: string;
  /** Who fetches it: CodeBuild for its own images, else the project's role. */
  readonly imagePullCredentialsType: 'CODEBUILD' | 'SERVICE_ROLE';
  readonly registryCredential?: { readonly credentialProvider: 'SECRETS_MANAGER'; readonly credential: string };
}

export function imageName(image: BuildImage | undefined): string | undefined {
  return typeof image === 'object' ? image.name : image;
}

/** True for CodeBuild's own images, which have Node.js and the AWS CLI. */
export function isCuratedImage(image: BuildImage = defaultImage): boolean {
  return isCurated(imageName(image) ?? '');
}

/** The architecture of the machine that a project with this image runs on. */
export function imageArchitecture(image: BuildImage = defaultImage): Architecture {
  const { name, architecture }: Exclude<BuildImage, string> = typeof image === 'object' ? image : { name: image };
  if (architecture !== undefined) return architecture;
  return isCurated(name) ? curatedArchitecture(name) : 'x86_64';
}

/** True for images of CodeBuild's and of ECR, which are fetched without credentials of a registry. */
export function isAwsImage(name: string): boolean {
  return isCuratedImage(name) || ecrImage.test(name);
}

export function imageProperty(image: BuildImage = defaultImage, computeType: ComputeType = 'small'): ImageProperty {
  const { name, secret }: Exclude<BuildImage, string> = typeof image === 'object' ? image : { name: image };
  return {
    type: imageArchitecture(image) === 'arm64' ? 'ARM_CONTAINER' : 'LINUX_CONTAINER',
    image: name,
    computeType: computeTypes[computeType],
    imagePullCredentialsType: isCurated(name) ? 'CODEBUILD' : 'SERVICE_ROLE',
    ...(secret === undefined
      ? {}
      : { registryCredential: { credentialProvider: 'SECRETS_MANAGER', credential: secret } as const }),
  };
}

/** Pulling the image, where it lies in ECR or needs the credentials of a registry. */
export function imageGrants(cdk: CdkModules, env: Environment, image: BuildImage | undefined): Grant[] {
  const secret = typeof image === 'object' ? image.secret : undefined;
  if (secret !== undefined)
    return [
      {
        actions: ['secretsmanager:GetSecretValue'],
        resources: [secretArn(cdk, env, secret)],
        reason: 'log in to the registry of the image it runs in',
      },
    ];
  return ecrPullGrants(cdk, ecrImage.exec(imageName(image) ?? ''));
}

function ecrPullGrants(cdk: CdkModules, found: RegExpExecArray | null): Grant[] {
  const [, account, region, repository] = found ?? [];
  if (repository === undefined) return [];
  const arn = `arn:${cdk.partition}:ecr:${region}:${account}:repository/${repository}`;
  return pullGrants([arn], 'pull the image it runs in');
}

/** @param repositories ARNs */
export function pullGrants(repositories: readonly string[], reason: string): Grant[] {
  return [
    {
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: repositories,
      reason,
    },
    {
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      reason: 'log in to ECR',
      wildcard: 'the action knows no resource',
    },
  ];
}
