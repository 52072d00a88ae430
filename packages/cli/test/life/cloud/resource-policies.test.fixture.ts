/** Finds the policy of a resource among what is deployed: trust, bucket, key, topic, permissions of a function, repository. */
import type { Policies, PolicyDocument } from '../iam/policy.test.fixture.ts';
import { managedKeyPolicy } from './aws-managed.test.fixture.ts';
import type { DeployedResource, DeployedStack } from './template.test.fixture.ts';

export interface Placed extends DeployedResource {
  readonly stack: DeployedStack;
}

/** Resources of all stacks. */
export interface Deployed {
  all(type: string): readonly Placed[];
  findByArn(type: string, arn: string): Placed | undefined;
}

export function readPolicyOf(deployed: Deployed, resource: string): Pick<Policies, 'resource' | 'resourceKind'> {
  if (resource.startsWith('trust ')) {
    const role = deployed.findByArn('AWS::IAM::Role', resource.slice('trust '.length));
    const document = role?.properties.AssumeRolePolicyDocument;
    return { resourceKind: 'role', ...(role && { resource: { name: `${placeOf(role)}.trust`, document } }) };
  }
  const [, , service] = resource.split(':');
  if (service === 'kms') return { resourceKind: 'key', ...keyPolicy(deployed, resource) };
  if (service === 's3') return attachedPolicy(deployed, 'AWS::S3::BucketPolicy', resource);
  if (service === 'sns') return attachedPolicy(deployed, 'AWS::SNS::TopicPolicy', resource);
  if (service === 'lambda') return permissions(deployed, resource);
  if (service === 'ecr') return repositoryPolicy(deployed, resource);
  return {};
}

function keyPolicy(deployed: Deployed, arn: string): Pick<Policies, 'resource'> {
  const key = deployed.findByArn('AWS::KMS::Key', arn);
  if (key) return { resource: { name: placeOf(key), document: key.properties.KeyPolicy } };
  const [, , , region = '', account = '', path = ''] = arn.split(':');
  const service = /^key\/aws-(\w+)$/.exec(path)?.[1];
  // A key that is not ours, with the policy that AWS gives a new one.
  const document = service ? managedKeyPolicy(service, account, region) : defaultKeyPolicy(account);
  return { resource: { name: arn, document } };
}

function attachedPolicy(
  deployed: Deployed,
  type: 'AWS::S3::BucketPolicy' | 'AWS::SNS::TopicPolicy',
  arn: string,
): Pick<Policies, 'resource'> {
  const found = deployed
    .all(type)
    .filter(({ properties }) =>
      type === 'AWS::SNS::TopicPolicy'
        ? properties.Topics.includes(arn)
        : arn.split(':')[5]?.split('/')[0] === properties.Bucket,
    );
  // Without a policy of its own a topic lets its account in; ours that have one say nothing of the account.
  if (found.length === 0) return {};
  const [policy, ...more] = found;
  if (more.length > 0) throw new Error(`${arn} has several policies, of which the last one deployed would win`);
  return policy ? { resource: { name: placeOf(policy), document: policy.properties.PolicyDocument } } : {};
}

/** https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html: each permission is a statement. */
export function permissions(deployed: Deployed, arn: string): Pick<Policies, 'resource'> {
  const Statement = deployed
    .all('AWS::Lambda::Permission')
    .filter(({ properties }) => [arn, arn.split(':').at(-1)].includes(properties.FunctionName))
    .map(({ properties: { Action, Principal, SourceArn, SourceAccount } }) => ({
      Effect: 'Allow' as const,
      Principal: /\.amazonaws\.com$/.test(Principal) ? { Service: Principal } : { AWS: Principal },
      Action,
      Resource: arn,
      Condition: {
        ...(SourceArn && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
        ...(SourceAccount && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
      },
    }));
  return Statement.length > 0
    ? { resource: { name: `permissions of ${arn}`, document: { Version: '2012-10-17', Statement } } }
    : {};
}

function repositoryPolicy(deployed: Deployed, arn: string): Pick<Policies, 'resource'> {
  const repository = deployed.findByArn('AWS::ECR::Repository', arn);
  const document = repository?.properties.RepositoryPolicyText;
  return repository && document ? { resource: { name: placeOf(repository), document } } : {};
}

/** Names a resource, or a policy, among all that is deployed. */
export function placeOf({ stack, logicalId }: Placed): string {
  return `${stack.name} in ${stack.env.account}/${stack.env.region}: ${logicalId}`;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultKeyPolicy(account: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  };
}
