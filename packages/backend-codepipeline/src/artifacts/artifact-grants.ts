/** What a role needs to read and write artifacts. */
import { type Environment, refused } from '@cdkpipe/core';
import type { Grant } from '../contract/grant.ts';
import { keyPartOf } from '../names/names.ts';
import { artifactsOutOfReach } from '../problems/environments.ts';
import type { Place } from '../problems/place.ts';
import type { Artifacts } from './artifact-objects.ts';
import type { ArtifactStore } from './artifact-store.ts';
import type { WriteAccess } from './resource-policies.ts';

const anyKey = 'CodePipeline makes up the keys; the pattern narrows them to the artifacts it hands over';
const everyArtifact = 'the bucket holds nothing but artifacts of this pipeline, under keys that CodePipeline makes up';

/** For roles of the pipeline's account. Builds with the same inputs read in the same words, so these stand in one policy. */
export function readGrants(store: ArtifactStore, artifacts: Artifacts): Grant[] {
  const grants: Grant[] = [
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: store.objectsOf(artifacts),
      reason: 'read its input artifacts',
      wildcard: wildcardOf(artifacts),
    },
    {
      actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'],
      resources: [store.bucketArn],
      reason: 'find the artifact bucket',
    },
    ...store.keyGrants(['kms:Decrypt', 'kms:DescribeKey'], 'decrypt its input artifacts'),
  ];
  const policy =
    artifacts === 'all' ? 'ReadArtifacts' : `Read${[...new Set(artifacts)].map(keyPartOf).sort().join('')}`;
  return grants.map((grant) => ({ ...grant, policy }));
}

function wildcardOf(artifacts: Artifacts): string {
  return artifacts === 'all' ? everyArtifact : anyKey;
}

/**
 * For roles of other accounts, which the policies of bucket and key must let in as well. The key has no name that a role
 * elsewhere could say, so it may be any of the pipeline's account that S3 uses for this bucket.
 */
export function foreignReadGrants(store: ArtifactStore, artifacts: Artifacts, env: Environment, place: Place): Grant[] {
  const { abroad, region } = store;
  if (!abroad) throw refused([artifactsOutOfReach(region, env, place)]);
  const { bucketArn, keysArn } = abroad;
  return [
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: store.objectsAbroad(artifacts),
      reason: 'read its input artifacts',
      wildcard: wildcardOf(artifacts),
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
export function readWriteGrants(
  store: ArtifactStore,
  { reads, writes }: WriteAccess,
  more: readonly string[] = [],
): Grant[] {
  const isAll = reads === 'all' && writes === 'all';
  return [
    ...(store.namesWriters
      ? []
      : isAll
        ? [
            {
              actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
              resources: store.objectsOf('all'),
              reason: 'read and write artifacts',
              wildcard: everyArtifact,
              ...onlyWhileOurs(store),
            },
          ]
        : [
            {
              actions: ['s3:GetObject', 's3:GetObjectVersion'],
              resources: store.objectsOf(reads),
              reason: 'read its input artifacts',
              wildcard: wildcardOf(reads),
              ...onlyWhileOurs(store),
            },
            {
              actions: ['s3:PutObject'],
              resources: store.objectsOf(writes),
              reason: 'write its output artifacts',
              wildcard: wildcardOf(writes),
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
