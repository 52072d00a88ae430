/** Policies that AWS writes: of roles, and of the keys that it manages in each account. */
import type { PolicyDocument } from '../iam/policy.test.fixture.ts';

/** Parts of https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ that calls of a pipeline touch. */
const documents: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  AWSCloudFormationReadOnlyAccess: [
    'cloudformation:Describe*',
    'cloudformation:EstimateTemplateCost',
    'cloudformation:Get*',
    'cloudformation:List*',
    'cloudformation:ValidateTemplate',
    'cloudformation:Detect*',
  ],
  ReadOnlyAccess: ['cloudformation:Describe*', 'cloudformation:Get*', 'cloudformation:List*', 's3:Get*', 's3:List*'],
};

export function findManagedPolicy(arn: string): PolicyDocument | undefined {
  const name = /^arn:aws:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const actions = name === undefined ? undefined : documents[name];
  return actions && { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: '*' } };
}

/**
 * The key that AWS manages for a service: everybody of the account may use it through the service, nobody else.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function managedKeyPolicy(service: string, account: string, region: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.amazonaws.com` },
      },
    },
  };
}
