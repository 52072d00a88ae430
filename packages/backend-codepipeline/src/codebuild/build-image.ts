/** The container a build runs in, and what its role needs to fetch it. */
import type { ComputeType } from '@cdkpipe/core';
import type { Grant } from '../contract.ts';
import type { CdkModules } from '../modules.ts';

export const defaultImage = 'aws/codebuild/standard:7.0';

const computeTypes: Readonly<Record<ComputeType, string>> = {
  small: 'BUILD_GENERAL1_SMALL',
  medium: 'BUILD_GENERAL1_MEDIUM',
  large: 'BUILD_GENERAL1_LARGE',
  xlarge: 'BUILD_GENERAL1_XLARGE',
  '2xlarge': 'BUILD_GENERAL1_2XLARGE',
};

const ecrImage = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

export interface BuildImage {
  readonly type: 'LINUX_CONTAINER' | 'ARM_CONTAINER';
  readonly image: string;
  readonly computeType: string;
  /** Who fetches it: CodeBuild for its own images, else the project's role. */
  readonly imagePullCredentialsType: 'CODEBUILD' | 'SERVICE_ROLE';
}

/** True for CodeBuild's own images, which have Node.js and the AWS CLI. */
export function isCuratedImage(image: string = defaultImage): boolean {
  return image.startsWith('aws/codebuild/');
}

export function buildImage(image: string = defaultImage, computeType: ComputeType = 'small'): BuildImage {
  const curated = isCuratedImage(image);
  return {
    type: curated && image.includes('aarch64') ? 'ARM_CONTAINER' : 'LINUX_CONTAINER',
    image,
    computeType: computeTypes[computeType],
    imagePullCredentialsType: curated ? 'CODEBUILD' : 'SERVICE_ROLE',
  };
}

/** Pulling the image, where it lies in ECR. */
export function imageGrants(cdk: CdkModules, image: string | undefined): Grant[] {
  const [, account, region, repository] = (image !== undefined && ecrImage.exec(image)) || [];
  if (repository === undefined) return [];
  const arn = `arn:${cdk.partition}:ecr:${region}:${account}:repository/${repository}`;
  return [
    {
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [arn],
      reason: 'pull the image it runs in',
    },
    {
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      reason: 'log in to ECR',
      wildcard: 'the action knows no resource',
    },
  ];
}
