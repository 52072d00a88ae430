/** Writes down who asked an artifact bucket for what, in a bucket beside it: S3 logs neither to KMS nor across regions. */
import type { Environment } from '@cdkpipe/core';
import type { Stack } from 'aws-cdk-lib';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { CdkModules } from '../aws/modules.ts';
import { keepOnceCreated } from '../stacks/keep-once-created.ts';
import { noPublicAccess, onlyTls } from './resource-policies.ts';

/** Days. */
const kept = 365;

export function drawAccessLogs(cdk: CdkModules, stack: Stack, bucket: CfnBucket, { account }: Environment): void {
  // S3 encrypts it with its own keys (SSE-S3), the only kind that log delivery can write with.
  const logs = new cdk.s3.CfnBucket(stack, 'AccessLogs', {
    publicAccessBlockConfiguration: noPublicAccess,
    lifecycleConfiguration: { rules: [{ status: 'Enabled', expirationInDays: kept }] },
  });
  keepOnceCreated(cdk, logs);
  bucket.loggingConfiguration = { destinationBucketName: logs.ref };
  new cdk.s3.CfnBucketPolicy(stack, 'AccessLogsPolicy', {
    bucket: logs.ref,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        onlyTls(logs.attrArn),
        {
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `${logs.attrArn}/*`,
          Condition: {
            ArnEquals: { 'aws:SourceArn': bucket.attrArn },
            StringEquals: { 'aws:SourceAccount': account },
          },
        },
      ],
    },
  });
}
