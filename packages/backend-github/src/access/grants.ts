/** What each job's role may do. */
import {
  type AssembledStack,
  type Assembly,
  type Environment,
  type Plan,
  type PolicyStatement,
  type SourceNode,
  unreachable,
} from '@cdkpipe/core';
import { partitionOf } from '../aws/partition.ts';
import type { ExecuteJob, PrepareJob, PublishJob } from '../jobs/job.ts';
import type { JobRole } from '../jobs-file/job-roles.ts';
import type { Grant } from './grant.ts';

export interface GrantInput {
  readonly plan: Plan;
  readonly assembly: Assembly;
}

export function grantsOf(input: GrantInput, { job, purpose, account }: JobRole): Grant[] {
  switch (purpose) {
    case 'sources':
      return job.type === 'sources' ? job.sources.flatMap((node) => sourceGrants(input.plan, node)) : [];
    case 'publish':
      return 'publishes' in job ? publishGrants(input, job, account) : [];
    case 'prepare':
    case 'execute':
      return job.type === 'prepare' || job.type === 'execute' ? stackGrants(input, job, account) : [];
    case 'step':
      return job.type === 'step' && job.work.type !== 'approval' ? authored(job.work.rolePolicy ?? []) : [];
  }
}

function authored(policy: readonly PolicyStatement[]): Grant[] {
  return policy.map(({ effect, actions, resources, conditions }) => ({
    effect,
    actions,
    resources,
    ...(conditions === undefined ? {} : { conditions }),
    reason: 'the definition asks for it (rolePolicy)',
  }));
}

function sourceGrants({ pipeline: { env } }: Plan, { source }: SourceNode): Grant[] {
  const { name } = partitionOf(env.region);
  if (source.type === 'ecr') {
    const resources = [`arn:${name}:ecr:${env.region}:${env.account}:repository/${source.repository}`];
    return [{ actions: ['ecr:DescribeImages'], resources, reason: 'reads the digest of the image' }];
  }
  if (source.type !== 's3') return unreachable(`a source of type ${source.type} needs no role`);
  const resources = [`arn:${name}:s3:::${source.bucket}/${source.key}`];
  return [
    { actions: ['s3:GetObject'], resources, reason: 'fetches the source' },
    ...(source.encryptionKey === undefined
      ? []
      : [{ actions: ['kms:Decrypt'], resources: [source.encryptionKey], reason: 'the source is encrypted' }]),
  ];
}

/** The bootstrap roles of the account that upload; each may do nothing else. */
function publishGrants(
  { assembly }: GrantInput,
  { publishes }: PublishJob | PrepareJob | ExecuteJob,
  account: string,
): Grant[] {
  const own = publishes.filter(({ env }) => env.account === account);
  const roles = [...new Set(own.flatMap(({ env, roleArns }) => roleArns.map((arn) => fill(arn, env))))].sort();
  const tags = assembly.deployments.some(({ stacks }) =>
    stacks.some(({ assets }) => assets.some(({ tagsSession }) => tagsSession)),
  );
  return [
    {
      actions: ['sts:AssumeRole', ...(tags ? ['sts:TagSession'] : [])],
      resources: roles,
      reason: 'uploads assets with the roles of the bootstrap stack',
    },
  ];
}

interface PlacedStack {
  readonly stack: AssembledStack;
  readonly arn: string;
}

function stackGrants({ assembly }: GrantInput, job: PrepareJob | ExecuteJob, account: string): Grant[] {
  const placed = (nodes: readonly { deployment: string; stack: string; env: Environment }[]): PlacedStack[] =>
    nodes.filter(({ env }) => env.account === account).map((node) => placeStack(assembly, node));
  const executes = job.type === 'execute' ? job.executes : [];
  // What is executed without a change set of another job is made here.
  const made = placed([...job.prepares, ...executes.filter(({ changeSet }) => !changeSet)]);
  return [...prepareGrants(made), ...executeGrants(placed(executes))];
}

function placeStack(
  { deployments }: Assembly,
  node: { deployment: string; stack: string; env: Environment },
): PlacedStack {
  const stacks = deployments.find(({ name }) => name === node.deployment)?.stacks ?? [];
  const stack = stacks.find(({ id }) => id === node.stack) ?? unreachable(`no stack ${node.deployment}/${node.stack}`);
  const { account, region } = node.env;
  // The last part is an ID that CloudFormation gives.
  const arn = `arn:${partitionOf(region).name}:cloudformation:${region}:${account}:stack/${stack.stackName}/*`;
  return { stack, arn };
}

/** Makes, reads and removes change sets; none of these actions changes a stack. */
function prepareGrants(stacks: readonly PlacedStack[]): Grant[] {
  if (stacks.length === 0) return [];
  const arns = stacks.map(({ arn }) => arn);
  const roles = [
    ...new Set(
      stacks.flatMap(({ stack }) =>
        stack.executionRoleArn === undefined ? [] : [fill(stack.executionRoleArn, stack.env)],
      ),
    ),
  ];
  const buckets = [...new Set(stacks.flatMap(({ stack }) => bucketsOf(stack)))].sort();
  const uploaders = [...new Set(stacks.flatMap(({ stack }) => templateRoles(stack)))].sort();
  const services = [
    ...new Set(stacks.map(({ stack: { env } }) => `s3.${env.region}.${partitionOf(env.region).suffix}`)),
  ];
  // The qualifier of the bootstrap stack is the app's, and may be one of each stack.
  const versions = [
    ...new Set(
      stacks.map(
        ({ stack: { env } }) =>
          `arn:${partitionOf(env.region).name}:ssm:${env.region}:${env.account}:parameter/cdk-bootstrap/*/version`,
      ),
    ),
  ];
  const keys = [
    ...new Set(
      stacks.map(({ stack: { env } }) => `arn:${partitionOf(env.region).name}:kms:${env.region}:${env.account}:key/*`),
    ),
  ];
  return [
    {
      actions: [
        'cloudformation:CreateChangeSet',
        'cloudformation:DeleteChangeSet',
        'cloudformation:DescribeChangeSet',
        'cloudformation:DescribeStacks',
        'cloudformation:GetTemplate',
      ],
      resources: arns,
      reason: 'makes the change sets of the stacks, and reads what they would change',
    },
    {
      actions: ['ssm:GetParameters'],
      resources: versions,
      reason:
        'templates of the CDK ask for the version of the bootstrap stack, which CloudFormation reads with the rights of the caller',
    },
    {
      actions: ['iam:PassRole'],
      resources: roles,
      conditions: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
      reason: 'a change set names the role that CloudFormation executes it with',
    },
    ...(uploaders.length === 0
      ? []
      : [
          {
            actions: ['sts:AssumeRole'],
            resources: uploaders,
            reason: 'places templates that are too large for a call',
          },
        ]),
    ...(buckets.length === 0
      ? []
      : [
          {
            actions: ['s3:GetObject'],
            resources: buckets,
            reason: 'CloudFormation reads templates with the rights of the caller',
          },
          {
            actions: ['kms:Decrypt'],
            resources: keys,
            conditions: { StringEquals: { 'kms:ViaService': services } },
            reason: 'the bucket of templates may be encrypted with a key of the bootstrap stack, whose ID is not known',
          },
        ]),
  ];
}

function executeGrants(stacks: readonly PlacedStack[]): Grant[] {
  if (stacks.length === 0) return [];
  const protects = stacks.filter(({ stack }) => stack.terminationProtection);
  return [
    {
      actions: [
        'cloudformation:DescribeChangeSet',
        'cloudformation:DescribeStackEvents',
        'cloudformation:DescribeStacks',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:GetTemplate',
      ],
      resources: stacks.map(({ arn }) => arn),
      reason: 'executes the change sets of the stacks, and watches them',
    },
    ...(protects.length === 0
      ? []
      : [
          {
            actions: ['cloudformation:UpdateTerminationProtection'],
            resources: protects.map(({ arn }) => arn),
            reason: 'the stacks ask for termination protection',
          },
        ]),
  ];
}

/** Where the templates of a stack lie, as far as they are uploaded; the names of the objects change with what they hold. */
function bucketsOf({ assets, env }: AssembledStack): string[] {
  return assets.flatMap(({ type, target }) => {
    const [, bucket] = type === 'file' ? target.split('/') : [];
    return bucket === undefined ? [] : [`arn:${partitionOf(env.region).name}:s3:::${fill(bucket, env)}/*`];
  });
}

function templateRoles({ assets, env }: AssembledStack): string[] {
  return assets.flatMap(({ type, roleArn }) => (type === 'file' && roleArn !== undefined ? [fill(roleArn, env)] : []));
}

/** What CDK leaves open in names of the assembly. */
function fill(text: string, { account, region }: Environment): string {
  const { name, suffix } = partitionOf(region);
  return text
    .replaceAll('${AWS::Partition}', name)
    .replaceAll('${AWS::URLSuffix}', suffix)
    .replaceAll('${AWS::AccountId}', account)
    .replaceAll('${AWS::Region}', region);
}
