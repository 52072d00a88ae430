/** The policies of an artifact bucket and its key: they name exactly the roles that read artifacts. */
import type { Environment } from '@cdkpipe/core';
import { accountRoot } from '../iam/arns.ts';
import type { CdkModules } from '../modules.ts';
import { templatesArtifact } from '../names/names.ts';

export const noPublicAccess = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
} as const;
/** What a role reads artifacts for: deploy roles read templates, actions all of their inputs. */
export type ReadAccess = 'deploy' | 'input';

/** ARNs of roles by account. */
type Roles = ReadonlyMap<string, ReadonlySet<string>>;

/** The roles that read artifacts, by what for. */
export type Readers = Readonly<Record<ReadAccess, Roles>>;

/**
 * `deploy` is what the CDK's own pipelines grant the deploy roles (`Bucket.grantRead` in aws-cdk-lib/aws-s3) and what the
 * bootstrap stack lets these roles read of buckets in other accounts (`PipelineCrossAccountArtifactsBucket` in its template;
 * in their own account they may do what the bucket's policy says).
 */
const reading: Readonly<Record<ReadAccess, readonly string[]>> = {
  deploy: ['s3:GetBucket*', 's3:GetObject*', 's3:List*'],
  input: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetObject', 's3:GetObjectVersion'],
};

/**
 * CodePipeline's keys are the names of pipeline and artifact, cut to 20 and 10 characters, and a name that it makes up
 * (https://repost.aws/questions/QUI91tw7A9SUOMohJurNqmgA, and "truncates artifact names" in
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome-introducing-artifacts.html).
 */
const readObjects: Readonly<Record<ReadAccess, string>> = { deploy: `*/${templatesArtifact}/*`, input: '*' };

/** ARNs of roles of the bucket's own account and stack, with what they may do beyond reading and writing objects. */
export type Writers = Map<string, readonly string[]>;

export interface BucketPolicySpec {
  readonly bucketArn: string;
  /** Account of the bucket. */
  readonly home: string;
  /** Every name by which a put may call the key of the bucket; empty where that is AWS's own. */
  readonly keyNames: readonly string[];
  readonly readers: Readers;
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
      ...readClauses(cdk, readers, spec).map(({ access, ...clause }) => ({
        Effect: 'Allow',
        ...clause,
        Action: reading[access],
        Resource: [bucketArn, `${bucketArn}/${readObjects[access]}`],
      })),
      ...[...byActions(writers)].map(([more, roles]) => ({
        Effect: 'Allow',
        Principal: { AWS: roles },
        Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', ...more],
        Resource: objects,
      })),
    ],
  };
}

/**
 * A statement each for what roles read, in which roles of other accounts share one. The two are not merged, although a policy
 * of limited size then names an account with both twice: deploy roles have no use for the source and the content of assets.
 */
function readClauses(
  cdk: CdkModules,
  readers: Readers,
  { home, organization }: Pick<BucketPolicySpec, 'home' | 'organization'>,
): (PrincipalClause & { readonly access: ReadAccess })[] {
  return (['deploy', 'input'] as const).flatMap((access) =>
    principals(cdk, readers[access], home, organization).map((clause) => ({ ...clause, access })),
  );
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

function byActions(writers: Writers): Map<readonly string[], string[]> {
  const groups = new Map<string, readonly [readonly string[], string[]]>();
  for (const [role, actions] of writers) {
    const group = groups.get(actions.join()) ?? [actions, []];
    group[1].push(role);
    groups.set(actions.join(), group);
  }
  return new Map(groups.values());
}

/** The account rules its key by IAM; readers may decrypt what comes from S3. */
export function keyPolicy(
  cdk: CdkModules,
  readers: Readers,
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
      ...principals(cdk, together(readers), home.account, organization).map(({ Principal, Condition = {} }) => ({
        Effect: 'Allow',
        Principal,
        Action: ['kms:Decrypt', 'kms:DescribeKey'],
        Resource: '*',
        Condition: { ...Condition, StringEquals: { ...Condition.StringEquals, ...viaS3 } },
      })),
    ],
  };
}

function together({ deploy, input }: Readers): Roles {
  const accounts = new Set([...deploy.keys(), ...input.keys()]);
  return new Map(
    [...accounts].map((account) => [account, new Set([...(deploy.get(account) ?? []), ...(input.get(account) ?? [])])]),
  );
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
