/** Refuses policies whose principals do not exist, as the services do when a policy is written. */

import { listOf, type PolicyDocument } from '../life/iam/policy.test.fixture.ts';
import { AwsFault } from './fault.test.fixture.ts';
import type { ResourceStore } from './resource-store.test.fixture.ts';

/**
 * IAM User Guide, "Principal": "IAM validates the principal when the policy is saved"; "Key policies" of the KMS
 * Developer Guide and "Bucket policies" of the S3 User Guide say the same, in other words.
 */
const policyOf: Readonly<Record<string, readonly [property: string, code: string, message: string]>> = {
  'AWS::IAM::Role': ['AssumeRolePolicyDocument', 'MalformedPolicyDocument', 'Invalid principal in policy'],
  'AWS::KMS::Key': [
    'KeyPolicy',
    'MalformedPolicyDocumentException',
    'Policy contains a statement with one or more invalid principals.',
  ],
  'AWS::S3::BucketPolicy': ['PolicyDocument', 'MalformedPolicy', 'Invalid principal in policy'],
};

export function checkPrincipals(
  store: ResourceStore,
  type: string,
  properties: Readonly<Record<string, unknown>>,
): void {
  const [property = '', code = '', message = ''] = policyOf[type] ?? [];
  const policy = properties[property] as PolicyDocument | undefined;
  const statements = listOf(policy?.Statement);
  const named = statements.flatMap(({ Principal }) => (typeof Principal === 'object' ? listOf(Principal.AWS) : []));
  const roles = named.filter((principal) => /^arn:aws:iam::\d{12}:role\//.test(principal));
  const missing = roles.find((role) => !store.findByArn(role));
  if (missing !== undefined) throw new AwsFault(code, `${message}: "AWS":"${missing}"`);
}
