/** Where a build keeps files between runs. */
import type { BuildCache } from '@cdkpipe/core';
import type { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import type { CdkModules } from '../aws/modules.ts';
import type { Grant } from '../contract/grant.ts';

const localModes = {
  source: 'LOCAL_SOURCE_CACHE',
  docker: 'LOCAL_DOCKER_LAYER_CACHE',
  custom: 'LOCAL_CUSTOM_CACHE',
} as const;

export function cacheProperty(cache: BuildCache): CfnProject.ProjectCacheProperty {
  if (cache.type === 'local') return { type: 'LOCAL', modes: cache.modes.map((mode) => localModes[mode]) };
  return { type: 'S3', location: cache.prefix === undefined ? cache.bucket : `${cache.bucket}/${cache.prefix}` };
}

export function cacheGrants(cdk: CdkModules, cache: BuildCache | undefined): Grant[] {
  if (cache?.type !== 's3') return [];
  const bucket = `arn:${cdk.partition}:s3:::${cache.bucket}`;
  return [
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
      resources: [`${bucket}/${cache.prefix === undefined ? '' : `${cache.prefix}/`}*`],
      reason: 'keep files between runs',
      wildcard: 'CodeBuild chooses the names below the prefix',
    },
    {
      actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'],
      resources: [bucket],
      reason: 'find the bucket of its cache',
    },
  ];
}
