/** Where the log of a project goes. */
import type { BuildLogging, Environment } from '@cdkpipe/core';
import type { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import type { Construct } from 'constructs';
import type { CdkModules } from '../aws/modules.ts';
import type { Grant } from '../contract/grant.ts';
import { drawLogGroup } from '../logs/draw-log-group.ts';

/** Days. A group that CodeBuild makes by itself is kept for ever. */
const defaultRetention = 365;

export interface BuildLogs {
  readonly property: CfnProject.LogsConfigProperty;
  readonly grants: readonly Grant[];
}

export interface LogPlace {
  readonly cdk: CdkModules;
  readonly scope: Construct;
  readonly env: Environment;
  /** Name of the project. */
  readonly project: string;
}

export function drawLogs(place: LogPlace, { cloudWatch, s3 }: BuildLogging = {}): BuildLogs {
  const watched = cloudWatchLogs(place, cloudWatch);
  const stored = s3 === undefined ? undefined : s3Logs(place, s3);
  return {
    property: { cloudWatchLogs: watched.property, ...(stored && { s3Logs: stored.property }) },
    grants: [...watched.grants, ...(stored?.grants ?? [])],
  };
}

/** Without another wish a group of its own, which ends by itself and which only the project's role may write to. */
function cloudWatchLogs({ cdk, scope, env, project }: LogPlace, wanted: BuildLogging['cloudWatch']) {
  if (wanted === false) return { property: { status: 'DISABLED' }, grants: [] };
  const write = { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], reason: 'write its own log' };
  if (wanted?.group !== undefined) {
    const group = `arn:${cdk.partition}:logs:${env.region}:${env.account}:log-group:${wanted.group}`;
    const wildcard = 'CodeBuild chooses the names of streams below that of the project';
    return {
      // Projects may share a group, so each writes below its own name.
      property: { status: 'ENABLED', groupName: wanted.group, streamName: project },
      grants: [{ ...write, resources: [`${group}:log-stream:${project}/*`], wildcard }],
    };
  }
  const group = drawLogGroup(cdk, scope, 'Log', wanted?.retention ?? defaultRetention);
  // The ARN of a log group covers its streams.
  return { property: { status: 'ENABLED', groupName: group.ref }, grants: [{ ...write, resources: [group.attrArn] }] };
}

function s3Logs({ cdk, project }: LogPlace, { bucket, prefix = project, encrypted }: NonNullable<BuildLogging['s3']>) {
  const arn = `arn:${cdk.partition}:s3:::${bucket}`;
  return {
    property: {
      status: 'ENABLED',
      location: `${bucket}/${prefix}`,
      ...(encrypted === false ? { encryptionDisabled: true } : {}),
    },
    grants: [
      {
        actions: ['s3:PutObject'],
        resources: [`${arn}/${prefix}/*`],
        reason: 'write its log to the bucket',
        wildcard: 'CodeBuild chooses the names below the prefix',
      },
      { actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'], resources: [arn], reason: 'find the bucket of its log' },
    ],
  };
}
