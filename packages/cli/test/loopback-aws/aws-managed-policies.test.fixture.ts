/** Policies of AWS that the bootstrap stack attaches: AWS Managed Policy Reference. */
import type { PolicyDocument } from '../life/iam/policy.test.fixture.ts';

const allow = (actions: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

export const awsManagedPolicies: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: allow(['*']),
  AWSCloudFormationReadOnlyAccess: allow([
    'cloudformation:Describe*',
    'cloudformation:EstimateTemplateCost',
    'cloudformation:Get*',
    'cloudformation:List*',
    'cloudformation:ValidateTemplate',
    'cloudformation:Detect*',
  ]),
  /** The real one lists some thousand actions; these are those of services that the loopback has. */
  ReadOnlyAccess: allow([
    'cloudformation:Describe*',
    'cloudformation:Get*',
    'cloudformation:List*',
    'ecr:Describe*',
    's3:Get*',
    's3:List*',
    'ssm:Get*',
  ]),
};
