/** The images that CodeBuild maintains, and what cdkpipe has to know of them. */
import type { Architecture } from '@cdkpipe/core';

/** x86; it has no emulation, so it builds images for its own architecture only. */
export const defaultImage = 'aws/codebuild/standard:7.0';

/**
 * What images for ARM are built in. All five compute types of this backend exist for ARM containers:
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html
 */
export const defaultArmImage = 'aws/codebuild/amazonlinux-aarch64-standard:3.0';

/**
 * Regions that AWS's API reference lists for ARM containers: `environmentType` in
 * https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Fleet.html. The page of compute types
 * (https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html) names more, so elsewhere the plan has a
 * note and nothing is refused; where a region has none, CloudFormation says so when it creates the project, before anything is deployed.
 */
export const armRegions: ReadonlySet<string> = new Set([
  ...['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'eu-central-1', 'sa-east-1'],
  ...['ap-south-1', 'ap-northeast-1', 'ap-southeast-1', 'ap-southeast-2'],
]);

/** True for CodeBuild's own images, which have Node.js and the AWS CLI. */
export function isCurated(name: string): boolean {
  return name.startsWith('aws/codebuild/');
}

export function curatedArchitecture(name: string): Architecture {
  return name.includes('aarch64') ? 'arm64' : 'x86_64';
}

// The first versions whose `runtimes.yml` has Node 22: https://github.com/aws/aws-codebuild-docker-images
const firstWithNode22: readonly (readonly [pattern: RegExp, version: number])[] = [
  [/^aws\/codebuild\/standard:(\d+)\.\d/, 7],
  [/^aws\/codebuild\/amazonlinux2?-x86_64-standard:(\d+)\.\d/, 5],
  [/^aws\/codebuild\/amazonlinux2?-aarch64-standard:(\d+)\.\d/, 3],
];

/** Whether `runtime-versions` of a buildspec can ask for Node 22; a build fails that asks for a version its image lacks. */
export function offersNode22(name: string): boolean {
  return firstWithNode22.some(([pattern, first]) => Number(pattern.exec(name)?.[1] ?? 0) >= first);
}
