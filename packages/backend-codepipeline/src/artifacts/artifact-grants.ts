/** What a role of the pipeline's account needs to read and write artifacts. */
import type { Grant } from '../contract.ts';
import type { ArtifactStore } from './artifact-store.ts';

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

/** Reading and writing; nothing is ever deleted. */
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
