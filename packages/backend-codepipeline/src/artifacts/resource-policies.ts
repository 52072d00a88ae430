/** The policies of an artifact bucket and its key: they name exactly the roles that read artifacts. */
import type { Environment } from '@cdkpipe/core';
import type { CdkModules } from '../aws/modules.ts';
import { accountRoot } from '../iam/arns.ts';
import { type Artifacts, objectPatterns } from './artifact-objects.ts';

export const noPublicAccess = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
} as const;
/** Which artifacts a role reads, and what for: deploy roles read templates, actions their inputs. */
export interface ReadAccess {
  readonly kind: 'deploy' | 'input';
  readonly artifacts: Artifacts;
}

/** Which artifacts a role reads and writes. */
export interface WriteAccess {
  readonly reads: Artifacts;
  readonly writes: Artifacts;
  /** Further actions on the objects it writes. */
  readonly more?: readonly string[];
}

/** A role, of any account, that reads artifacts. */
export interface Reader {
  readonly account: string;
  readonly arn: string;
  readonly access: ReadAccess;
}

/** ARNs of roles by account. */
type Roles = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * `deploy` is what the CDK's own pipelines grant the deploy roles (`Bucket.grantRead` in aws-cdk-lib/aws-s3) and what the
 * bootstrap stack lets these roles read of buckets in other accounts (`PipelineCrossAccountArtifactsBucket` in its template;
 * in their own account they may do what the bucket's policy says).
 */
const reading: Readonly<Record<ReadAccess['kind'], readonly string[]>> = {
  deploy: ['s3:GetBucket*', 's3:GetObject*', 's3:List*'],
  input: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetObject', 's3:GetObjectVersion'],
};

/** Roles of the bucket's own account and stack, by ARN. */
export type Writers = Map<string, readonly WriteAccess[]>;

export interface BucketPolicySpec {
  readonly bucketArn: string;
  /** Account of the bucket. */
  readonly home: string;
  /** Every name by which a put may call the key of the bucket; empty where that is AWS's own. */
  readonly keyNames: readonly string[];
  readonly readers: readonly Reader[];
  readonly writers: Writers;
  readonly organization: Organization | undefined;
}

/** Lets roles of other accounts in by their organisation and the pattern of their names, instead of each by its ARN. */
export interface Organization {
  /** For example `o-a1b2c3d4e5`. */
  readonly id: string;
  /** What the names of roles begin with that cdkpipe renders for steps of this pipeline. */
  readonly rolePrefix: string;
}

/** Nothing without TLS, nothing unencrypted or with a foreign key; reading for the readers, writing for the writers. */
export function bucketPolicy(cdk: CdkModules, spec: BucketPolicySpec): unknown {
  const { bucketArn, readers, writers } = spec;
  const objects = `${bucketArn}/*`;
  return {
    Version: '2012-10-17',
    Statement: [
      onlyTls(bucketArn),
      ...onlyEncryptedPuts(objects, spec.keyNames),
      ...readClauses(cdk, readers, spec).map(({ access: { kind, artifacts }, ...clause }) => ({
        Effect: 'Allow',
        ...clause,
        Action: reading[kind],
        Resource: [bucketArn, ...objectPatterns(bucketArn, '*', artifacts)],
      })),
      ...writeStatements(bucketArn, writers),
    ],
  };
}

/**
 * A statement each for what roles read, in which roles of other accounts share one. They are not merged, although a policy of
 * limited size then names an account several times: deploy roles have no use for the source and the content of assets.
 */
function readClauses(
  cdk: CdkModules,
  readers: readonly Reader[],
  { home, organization }: Pick<BucketPolicySpec, 'home' | 'organization'>,
): (PrincipalClause & { readonly access: ReadAccess })[] {
  const groups = new Map<string, Reader[]>();
  const ordered = [...readers].sort((a, b) =>
    a.access.kind < b.access.kind ? -1 : Number(a.access.kind > b.access.kind),
  );
  for (const reader of ordered) {
    const { kind, artifacts } = reader.access;
    // A pattern of names is the same for all roles of a kind.
    const isByPattern = organization !== undefined && reader.account !== home;
    const key = JSON.stringify(isByPattern ? [kind] : [kind, artifacts === 'all' ? artifacts : [...artifacts].sort()]);
    groups.set(key, [...(groups.get(key) ?? []), reader]);
  }
  return [...groups.values()].flatMap((group) => {
    const access = {
      kind: group[0]?.access.kind ?? 'input',
      artifacts: unionOf(group.map((each) => each.access.artifacts)),
    };
    return principals(cdk, byAccount(group), home, organization).map((clause) => ({ ...clause, access }));
  });
}

function unionOf(artifacts: readonly Artifacts[]): Artifacts {
  const names = artifacts.filter((each) => each !== 'all');
  return names.length < artifacts.length ? 'all' : names.flat();
}

function byAccount(readers: readonly Reader[]): Roles {
  const roles = new Map<string, Set<string>>();
  for (const { account, arn } of readers) roles.set(account, (roles.get(account) ?? new Set()).add(arn));
  return roles;
}

/** Each role writes its own artifacts only, so that no other can change what was read or judged. */
function writeStatements(bucketArn: string, writers: Writers): unknown[] {
  return [...writers].flatMap(([arn, accesses]) => {
    const reads = unionOf(accesses.map((access) => access.reads));
    const writes = unionOf(accesses.map((access) => access.writes));
    const more = [...new Set(accesses.flatMap((access) => access.more ?? []))];
    const get = ['s3:GetObject', 's3:GetObjectVersion'];
    const put = ['s3:PutObject', ...more];
    const allow = (actions: readonly string[], artifacts: Artifacts) => ({
      Effect: 'Allow',
      Principal: { AWS: arn },
      Action: actions,
      Resource: objectPatterns(bucketArn, '*', artifacts),
    });
    return reads === 'all' && writes === 'all'
      ? [allow([...get, ...put], 'all')]
      : [allow(get, reads), allow(put, writes)];
  });
}

export function onlyTls(bucketArn: string): unknown {
  return {
    Sid: 'OnlyEncryptedConnections',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/**
 * CodePipeline and CodeBuild ask for `aws:kms` with every put; AWS documents the first statement for artifact buckets.
 * Which name of a key they send is not documented, so each is taken, and a put that names none gets AWS's own.
 */
function onlyEncryptedPuts(objects: string, keyNames: readonly string[]): unknown[] {
  const denyPut = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: objects };
  const keyId = 's3:x-amz-server-side-encryption-aws-kms-key-id';
  return [
    {
      Sid: 'OnlyEncryptedPuts',
      ...denyPut,
      Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
    },
    ...(keyNames.length === 0
      ? []
      : [
          {
            Sid: 'OnlyWithItsKey',
            ...denyPut,
            Condition: { Null: { [keyId]: 'false' }, StringNotEquals: { [keyId]: keyNames } },
          },
        ]),
  ];
}

/** The account rules its key by IAM; readers may decrypt what comes from S3. */
export function keyPolicy(
  cdk: CdkModules,
  readers: readonly Reader[],
  home: Environment,
  organization: Organization | undefined,
): unknown {
  const viaS3 = { 'kms:ViaService': `s3.${home.region}.amazonaws.com` };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: accountRoot(cdk, home.account) },
        Action: 'kms:*',
        Resource: '*',
      },
      ...principals(cdk, byAccount(readers), home.account, organization).map(({ Principal, Condition = {} }) => ({
        Effect: 'Allow',
        Principal,
        Action: ['kms:Decrypt', 'kms:DescribeKey'],
        Resource: '*',
        Condition: { ...Condition, StringEquals: { ...Condition.StringEquals, ...viaS3 } },
      })),
    ],
  };
}

interface PrincipalClause {
  readonly Principal: { readonly AWS: string | readonly string[] };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Roles of the bucket's own account are named directly, as bootstrap roles may use a bucket of their account only by
 * its policy. Roles of other accounts are named by a condition: a policy that names a role directly cannot be written
 * before the role exists, and loses it when the role is made anew.
 */
function principals(
  cdk: CdkModules,
  roles: Roles,
  home: string,
  organization: Organization | undefined,
): PrincipalClause[] {
  const own = [...(roles.get(home) ?? [])];
  const foreign = [...roles].filter(([account]) => account !== home);
  const arns = foreign.flatMap(([, each]) => [...each]);
  return [
    ...(own.length > 0 ? [{ Principal: { AWS: own } }] : []),
    ...(arns.length === 0
      ? []
      : organization
        ? [organizationClause(arns, home, organization)]
        : [
            {
              Principal: { AWS: foreign.map(([account]) => accountRoot(cdk, account)) },
              Condition: { ArnEquals: { 'aws:PrincipalArn': arns } },
            },
          ]),
  ];
}

/**
 * Of the same size for any number of accounts. The pipeline's own account is left out: there the policy of the bucket alone
 * would let a role in, and the roles of that account are named. Block Public Access accepts the policy: S3 does not count a
 * statement as public that requires a fixed `aws:PrincipalOrgID` (S3 User Guide, "The meaning of public").
 */
function organizationClause(arns: readonly string[], home: string, { id, rolePrefix }: Organization): PrincipalClause {
  return {
    Principal: { AWS: '*' },
    Condition: {
      StringEquals: { 'aws:PrincipalOrgID': id },
      StringNotEquals: { 'aws:PrincipalAccount': home },
      ArnLike: { 'aws:PrincipalArn': [...new Set(arns.map((arn) => rolePattern(arn, rolePrefix)))].sort() },
    },
  };
}

/** Of a role that cdkpipe renders the prefix is kept; of any other the name, without the account that it may contain. */
function rolePattern(arn: string, prefix: string): string {
  const [, start = '', account = '', name = ''] = /^(arn:.+:iam::)(\d{12}):role\/(.*)$/.exec(arn) ?? [];
  if (account === '') return arn;
  return `${start}*:role/${name.startsWith(prefix) ? `${prefix}*` : name.replaceAll(account, '*')}`;
}
