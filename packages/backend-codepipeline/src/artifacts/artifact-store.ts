/** The bucket, and where other accounts read from it the key, that hold artifacts in one region. */
import type { Stack } from 'aws-cdk-lib';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { CdkModules } from '../aws/modules.ts';
import type { Grant } from '../contract/grant.ts';
import { artifactBucketName } from '../names/names.ts';
import { keepOnceCreated } from '../stacks/keep-once-created.ts';
import { drawAccessLogs } from './access-logs.ts';
import { type Artifacts, objectPatterns } from './artifact-objects.ts';
import {
  type BucketPolicySpec,
  bucketPolicy,
  keyPolicy,
  noPublicAccess,
  type Organization,
  type ReadAccess,
  type Reader,
  type WriteAccess,
  type Writers,
} from './resource-policies.ts';

export interface ArtifactStore {
  readonly region: string;
  readonly bucketName: string;
  readonly bucketArn: string;
  /** Account of a bucket that is rendered; absent where the author provides the bucket. */
  readonly account?: string;
  /** As CodePipeline and CodeBuild name the key; absent where AWS's own key for S3 will do. */
  readonly keyId?: string;
  /** What a role of the pipeline's account needs to use the key. */
  keyGrants(actions: readonly string[], reason: string): readonly Grant[];
  /** The names that other accounts can use; absent where nothing was made for roles of theirs. */
  readonly abroad?: { readonly bucketArn: string; readonly keysArn: string };
  /** Whether the bucket's policy names the roles that write; true in the pipeline's stack, where those roles are. */
  readonly namesWriters: boolean;
  /** Patterns for the objects of artifacts, for roles of the stack. */
  objectsOf(artifacts: Artifacts): readonly string[];
  /** The same for roles of other accounts. */
  objectsAbroad(artifacts: Artifacts): readonly string[];
  /** Lets a role, of any account, read artifacts. */
  addReader(account: string, roleArn: string, access: ReadAccess): void;
  /** Lets a role of the pipeline's stack read and write artifacts; without effect where `namesWriters` is false. */
  addWriter(roleArn: string, access: WriteAccess): void;
  /** Writes the policies of bucket and key, when all readers and writers are known. */
  finish(): void;
}

export interface StoreSpec {
  readonly stack: Stack;
  /** Whether the stack is the pipeline's own. */
  readonly home: boolean;
  readonly withKey: boolean;
  /** Whether the bucket gets a fixed name; elsewhere than at home it always has one. */
  readonly withName: boolean;
  /** Whether each request for an artifact is written down. */
  readonly accessLogs: boolean;
  /** Lets roles of other accounts in by patterns; absent where each is named. */
  readonly organization: Organization | undefined;
}

export function createStore(cdk: CdkModules, spec: StoreSpec): ArtifactStore {
  const { stack, home, withKey, withName, accessLogs, organization } = spec;
  const env = { account: stack.account, region: stack.region };
  const readers: Reader[] = [];
  const writers: Writers = new Map();
  const key = withKey ? drawKey(cdk, stack) : undefined;
  // A name is fixed where another stack has to say it: the pipeline's, or one in another account.
  const aliasName = `alias/${stack.stackName}`;
  if (key && !home) new cdk.kms.CfnAlias(stack, 'ArtifactsKeyAlias', { aliasName, targetKeyId: key.attrArn });
  const fixedName = home && !withName ? undefined : artifactBucketName(stack.stackName, env);
  const bucket = drawBucket(cdk, stack, fixedName, key);
  if (accessLogs) drawAccessLogs(cdk, stack, bucket, env);
  const arnPrefix = `arn:${cdk.partition}:kms:${env.region}:${env.account}`;
  const keyId = key && (home ? key.attrArn : `${arnPrefix}:${aliasName}`);
  const fixedArn = fixedName === undefined ? undefined : `arn:${cdk.partition}:s3:::${fixedName}`;
  return {
    region: env.region,
    account: env.account,
    bucketName: home ? bucket.ref : (fixedName ?? bucket.ref),
    bucketArn: home ? bucket.attrArn : (fixedArn ?? bucket.attrArn),
    ...(keyId === undefined ? {} : { keyId }),
    ...(fixedArn !== undefined && key ? { abroad: { bucketArn: fixedArn, keysArn: `${arnPrefix}:key/*` } } : {}),
    keyGrants: (actions, reason) => {
      if (!key) return [];
      if (home) return [{ actions, resources: [key.attrArn], reason }];
      return [{ actions, resources: [`${arnPrefix}:key/*`], reason, ...onlyBehind(aliasName) }];
    },
    namesWriters: home,
    // The bucket holds artifacts of this pipeline alone.
    objectsOf: (artifacts) => objectPatterns(home ? bucket.attrArn : (fixedArn ?? bucket.attrArn), '*', artifacts),
    objectsAbroad: (artifacts) => objectPatterns(fixedArn ?? bucket.attrArn, '*', artifacts),
    addReader: (account, arn, access) => {
      readers.push({ account, arn, access });
    },
    addWriter: (arn, access) => {
      if (home) writers.set(arn, [...(writers.get(arn) ?? []), access]);
    },
    finish: () => {
      if (key) key.keyPolicy = keyPolicy(cdk, readers, env, organization);
      const keyNames = key ? [key.attrArn, key.ref, ...(home ? [] : [aliasName, `${arnPrefix}:${aliasName}`])] : [];
      drawBucketPolicy(cdk, stack, bucket, { home: env.account, keyNames, readers, writers, organization });
    },
  };
}

function onlyBehind(aliasName: string): Pick<Grant, 'conditions' | 'wildcard'> {
  return {
    conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': aliasName } },
    wildcard: 'the condition narrows it to the one key behind the alias, whose ID this stack cannot know',
  };
}

function drawBucketPolicy(
  cdk: CdkModules,
  stack: Stack,
  bucket: CfnBucket,
  spec: Omit<BucketPolicySpec, 'bucketArn'>,
): void {
  const policyDocument = bucketPolicy(cdk, { ...spec, bucketArn: bucket.attrArn });
  new cdk.s3.CfnBucketPolicy(stack, 'ArtifactsPolicy', { bucket: bucket.ref, policyDocument });
}

function drawKey(cdk: CdkModules, stack: Stack): CfnKey {
  const key = new cdk.kms.CfnKey(stack, 'ArtifactsKey', { description: stack.stackName, enableKeyRotation: true });
  keepOnceCreated(cdk, key);
  return key;
}

function drawBucket(cdk: CdkModules, stack: Stack, bucketName: string | undefined, key: CfnKey | undefined): CfnBucket {
  const bucket = new cdk.s3.CfnBucket(stack, 'Artifacts', {
    ...(bucketName === undefined ? {} : { bucketName }),
    versioningConfiguration: { status: 'Enabled' },
    // No object has an owner of its own, so nobody is granted anything by an ACL.
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    bucketEncryption: {
      serverSideEncryptionConfiguration: [
        {
          serverSideEncryptionByDefault: {
            sseAlgorithm: 'aws:kms',
            ...(key ? { kmsMasterKeyId: key.attrArn } : {}),
          },
          ...(key ? { bucketKeyEnabled: true } : {}),
        },
      ],
    },
    publicAccessBlockConfiguration: noPublicAccess,
    lifecycleConfiguration: {
      rules: [
        {
          id: 'ForgetOldArtifacts',
          status: 'Enabled',
          // A rollback needs the artifacts of the execution it returns to.
          expirationInDays: 365,
          noncurrentVersionExpiration: { noncurrentDays: 30 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
  });
  keepOnceCreated(cdk, bucket);
  return bucket;
}
