/** Running a build inside an existing VPC. */
import type { BuildVpc, Environment } from '@cdkpipe/core';
import type { CdkModules } from '../aws/modules.ts';
import type { Grant } from '../contract/grant.ts';

/**
 * AWS shows `*` for all but the permission (https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html#customer-managed-policies-example-create-vpc-network-interface).
 * Creating needs the subnet, the security groups and the interface; deleting knows the subnet of the interface
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html).
 */
export function networkGrants(cdk: CdkModules, env: Environment, vpc: BuildVpc | undefined): Grant[] {
  if (!vpc) return [];
  const ec2 = (resource: string) => `arn:${cdk.partition}:ec2:${env.region}:${env.account}:${resource}`;
  const inSubnets = { ArnEquals: { 'ec2:Subnet': vpc.subnetIds.map((id) => ec2(`subnet/${id}`)) } };
  return [
    {
      actions: [
        'ec2:DescribeDhcpOptions',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
      ],
      resources: ['*'],
      reason: 'join the VPC',
      wildcard: 'the actions know no resource',
    },
    {
      actions: ['ec2:CreateNetworkInterface'],
      resources: [
        ...vpc.subnetIds.map((id) => ec2(`subnet/${id}`)),
        ...vpc.securityGroupIds.map((id) => ec2(`security-group/${id}`)),
        ec2('network-interface/*'),
      ],
      reason: 'join the VPC in the named subnets, with the named security groups',
      wildcard: 'the interface is not known before it is made; its subnet and security groups are named',
    },
    {
      actions: ['ec2:DeleteNetworkInterface'],
      resources: [ec2('network-interface/*')],
      conditions: inSubnets,
      reason: 'leave the VPC',
      wildcard: 'the interface is not known before it is made; the condition narrows it to the named subnets',
    },
    {
      actions: ['ec2:CreateNetworkInterfacePermission'],
      resources: [ec2('network-interface/*')],
      conditions: {
        StringEquals: { 'ec2:AuthorizedService': 'codebuild.amazonaws.com' },
        ...inSubnets,
      },
      reason: 'let CodeBuild use interfaces in the named subnets',
      wildcard: 'the interface is not known before it is made; the condition narrows it to the named subnets',
    },
  ];
}
