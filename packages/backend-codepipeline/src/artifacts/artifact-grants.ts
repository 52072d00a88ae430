/** What a role needs to read and write artifacts. */
import { type Environment, refused } from '@cdkpipe/core';
import type { Grant } from '../contract.ts';
import { artifactsOutOfReach, type Place } from '../problems.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** For roles of the pipeline's account. */
export function readGrants(store: ArtifactStore): Grant[] {
  return [
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [`${store.bucketArn}/*`],
      reason: 'read its input artifacts',
    },
    {
      actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'],
      resources: [store.bucketArn],
      reason: 'find the artifact bucket',
    },
    ...store.keyGrants(['kms:Decrypt', 'kms:DescribeKey'], 'decrypt its input artifacts'),
  ];
}

/**
 * For roles of other accounts, which the policies of bucket and key must let in as well. The key has no name that a role
 * elsewhere could say, so it may be any of the pipeline's account that S3 uses for this bucket.
 */
export function foreignReadGrants({ abroad, region }: ArtifactStore, env: Environment, place: Place): Grant[] {
  if (!abroad) throw refused([artifactsOutOfReach(region, env, place)]);
  const { bucketArn, keysArn } = abroad;
  return [
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [`${bucketArn}/*`],
      reason: 'read its input artifacts',
    },
    {
      actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'],
      resources: [bucketArn],
      reason: 'find the artifact bucket',
    },
    {
      actions: ['kms:Decrypt'],
      resources: [keysArn],
      // S3 gives the bucket, or the object where it uses no bucket key, as the context of what is encrypted.
      conditions: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucketArn, `${bucketArn}/*`] } },
      reason: 'decrypt its input artifacts',
    },
  ];
}

/** Reading and writing, for roles of the pipeline's account; nothing is ever deleted. */
export function readWriteGrants(store: ArtifactStore): Grant[] {
  return [
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
      resources: [`${store.bucketArn}/*`],
      reason: 'read and write artifacts',
    },
    {
      actions: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'],
      resources: [store.bucketArn],
      reason: 'find the artifact bucket',
    },
    ...store.keyGrants(
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      'encrypt and decrypt artifacts',
    ),
  ];
}
