/** The policies of an artifact bucket and its key: they name exactly the roles that read artifacts. */
import type { Environment } from '@cdkpipe/core';
import type { CdkModules } from '../modules.ts';

/** ARNs of roles by account. */
export type Readers = Map<string, Set<string>>;

/** Nothing without TLS; reading for the readers. */
export function bucketPolicy(cdk: CdkModules, bucketArn: string, readers: Readers, home: string): unknown {
  const objects = `${bucketArn}/*`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyEncryptedConnections',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [bucketArn, objects],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      ...principals(cdk, readers, home).map((principal) => ({
        Effect: 'Allow',
        ...principal,
        Action: ['s3:GetBucketLocation', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
        Resource: [bucketArn, objects],
      })),
    ],
  };
}

/** The account rules its key by IAM; readers may decrypt what comes from S3. */
export function keyPolicy(cdk: CdkModules, readers: Readers, home: Environment): unknown {
  const viaS3 = { StringEquals: { 'kms:ViaService': `s3.${home.region}.amazonaws.com` } };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: accountRoot(cdk, home.account) },
        Action: 'kms:*',
        Resource: '*',
      },
      ...principals(cdk, readers, home.account).map(({ Principal, Condition }) => ({
        Effect: 'Allow',
        Principal,
        Action: ['kms:Decrypt', 'kms:DescribeKey'],
        Resource: '*',
        Condition: { ...Condition, ...viaS3 },
      })),
    ],
  };
}

interface PrincipalClause {
  readonly Principal: { readonly AWS: string | readonly string[] };
  readonly Condition?: Readonly<Record<string, unknown>>;
}

/**
 * Roles of the bucket's own account are named directly, as bootstrap roles may use a bucket of their account only by
 * its policy. Roles of other accounts are named by a condition: a policy that names a role directly cannot be written
 * before the role exists, and loses it when the role is made anew.
 */
function principals(cdk: CdkModules, readers: Readers, home: string): PrincipalClause[] {
  const own = [...(readers.get(home) ?? [])];
  const foreign = [...readers].filter(([account]) => account !== home);
  return [
    ...(own.length > 0 ? [{ Principal: { AWS: own } }] : []),
    ...(foreign.length > 0
      ? [
          {
            Principal: { AWS: foreign.map(([account]) => accountRoot(cdk, account)) },
            Condition: { ArnEquals: { 'aws:PrincipalArn': foreign.flatMap(([, roles]) => [...roles]) } },
          },
        ]
      : []),
  ];
}

function accountRoot(cdk: CdkModules, account: string): string {
  return `arn:${cdk.partition}:iam::${account}:root`;
}
