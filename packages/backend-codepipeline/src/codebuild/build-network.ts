/** Running a build inside an existing VPC. */
import type { BuildVpc, Environment } from '@cdkpipe/core';
import type { Grant } from '../contract/grant.ts';
import type { CdkModules } from '../modules.ts';

export function networkGrants(cdk: CdkModules, env: Environment, vpc: BuildVpc | undefined): Grant[] {
  if (!vpc) return [];
  const ec2 = (resource: string) => `arn:${cdk.partition}:ec2:${env.region}:${env.account}:${resource}`;
  return [
    {
      actions: [
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeDhcpOptions',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
      ],
      resources: ['*'],
      reason: 'join the VPC',
      wildcard: 'the actions to describe know no resource, and the interface is not known before it is made',
    },
    {
      actions: ['ec2:CreateNetworkInterfacePermission'],
      resources: [ec2('network-interface/*')],
      conditions: {
        StringEquals: { 'ec2:AuthorizedService': 'codebuild.amazonaws.com' },
        ArnEquals: { 'ec2:Subnet': vpc.subnetIds.map((id) => ec2(`subnet/${id}`)) },
      },
      reason: 'let CodeBuild use interfaces in the named subnets',
      wildcard: 'the interface is not known before it is made; the condition narrows it to the named subnets',
    },
  ];
}
