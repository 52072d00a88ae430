/** A ZIP object in a versioned bucket. */
import type { S3Source } from '@cdkpipe/core';
import type { Drawing } from '../drawing/drawing.ts';
import type { EventPattern } from './event-trigger.ts';
import type { SourceAction } from './source-action.ts';

export function s3Action({ cdk }: Drawing, source: S3Source, triggers: boolean): SourceAction {
  const bucket = `arn:${cdk.partition}:s3:::${source.bucket}`;
  return {
    provider: 'S3',
    configuration: {
      S3Bucket: source.bucket,
      S3ObjectKey: source.key,
      PollForSourceChanges: String(triggers && source.trigger === 'poll'),
    },
    grants: [
      {
        actions: ['s3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:GetObjectVersionTagging'],
        resources: [`${bucket}/${source.key}`],
        reason: 'fetch the source',
      },
      {
        actions: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning', 's3:ListBucket'],
        resources: [bucket],
        reason: 'find the newest version of the source',
      },
      ...(source.encryptionKey === undefined
        ? []
        : [{ actions: ['kms:Decrypt'], resources: [source.encryptionKey], reason: 'decrypt the source' }]),
    ],
  };
}

/** The bucket must send its events to EventBridge. */
export function s3Event(source: S3Source): EventPattern {
  return {
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: { bucket: { name: [source.bucket] }, object: { key: [source.key] } },
  };
}
