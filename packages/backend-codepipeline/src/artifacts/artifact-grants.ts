/** What a role needs to read and write artifacts. */
import { type Environment, refused } from '@cdkpipe/core';
import type { Grant } from '../contract/grant.ts';
import { artifactsOutOfReach } from '../problems/environments.ts';
import type { Place } from '../problems/place.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** Every build reads in the same words, so they stand in one policy. */
const readPolicy = 'ReadArtifacts';
const everyArtifact = 'the bucket holds nothing but artifacts of this pipeline, under keys that CodePipeline makes up';

/** For roles of the pipeline's account. */
export function readGrants(store: ArtifactStore): Grant[] {
  const grants: Grant[] = [
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [`${store.bucketArn}/*`],
      reason: 'read its input artifacts',
      wildcard: everyArtifact,
    },
    {
      actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'],
      resources: [store.bucketArn],
      reason: 'find the artifact bucket',
    },
    ...store.keyGrants(['kms:Decrypt', 'kms:DescribeKey'], 'decrypt its input artifacts'),
  ];
  return grants.map((grant) => ({ ...grant, policy: readPolicy }));
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
      wildcard: everyArtifact,
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
      wildcard:
        'the condition narrows it to what S3 holds in the artifact bucket; the ID of the key cannot be known here',
    },
  ];
}

/**
 * Reading and writing, for roles of the pipeline's account; nothing is ever deleted. Where the bucket's own policy names
 * who writes (`addWriter`), the role needs to be granted no objects.
 *
 * @param more further actions on the bucket
 */
export function readWriteGrants(store: ArtifactStore, more: readonly string[] = []): Grant[] {
  return [
    ...(store.namesWriters
      ? []
      : [
          {
            actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
            resources: [`${store.bucketArn}/*`],
            reason: 'read and write artifacts',
            wildcard: everyArtifact,
            ...onlyWhileOurs(store),
          },
        ]),
    {
      actions: ['s3:GetBucketAcl', 's3:GetBucketLocation', ...more],
      resources: [store.bucketArn],
      reason: 'find the artifact bucket',
    },
    ...encryptGrants(store, 'encrypt and decrypt artifacts'),
  ];
}

/** To use the store's key for more than reading. */
export function encryptGrants(store: ArtifactStore, reason: string): readonly Grant[] {
  const encrypting = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'];
  return store.keyGrants(
    ['kms:Decrypt', 'kms:DescribeKey', ...encrypting, 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
    reason,
  );
}

/** A bucket that was deleted could be created again, under its name, in any account. */
function onlyWhileOurs({ account }: ArtifactStore): Pick<Grant, 'conditions'> {
  return account === undefined ? {} : { conditions: { StringEquals: { 'aws:ResourceAccount': account } } };
}
