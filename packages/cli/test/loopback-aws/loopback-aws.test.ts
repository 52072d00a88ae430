/** The loopback decides and changes state as AWS's documentation says; what else it could agree with is only itself. */
import { expect, test } from 'vitest';
import { ask as askAws } from './ask.test.fixture.ts';
import { bootstrap } from './bootstrap.test.fixture.ts';
import { AwsFault } from './fault.test.fixture.ts';
import type { Caller } from './identities.test.fixture.ts';
import { World } from './world.test.fixture.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const administrator = (account = home.account): Caller => ({ account, arn: `arn:aws:iam::${account}:user/admin` });

type Input = Readonly<Record<string, unknown>>;

const ask = (world: World, operation: string, input: Input, caller = administrator()) =>
  askAws(world, {
    ...{ caller, region: home.region, operation, input },
    service: operation === 'AssumeRole' ? 'sts' : 'cloudformation',
  });

const faultOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    return `${error.code}: ${error.message}`;
  }
  return 'nothing';
};

function deploy(world: World, StackName: string, template: object, ChangeSetType = 'CREATE') {
  const names = { StackName, ChangeSetName: 'change' };
  ask(world, 'CreateChangeSet', { ...names, ChangeSetType, TemplateBody: JSON.stringify(template) });
  ask(world, 'ExecuteChangeSet', names);
  return world.stacks.findLast(({ name }) => name === StackName);
}

const bucket = (DeletionPolicy: string) => ({
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket', DeletionPolicy, Properties: { BucketName: 'acme' } },
    Topic: { Type: 'AWS::SNS::Topic', DependsOn: 'Bucket' },
  },
});

// User Guide, "DeletionPolicy attribute", and "Stack status codes", `ROLLBACK_COMPLETE`.
test('a bucket that is retained survives a failed creation and is in the way of the next, one retained except on create is not', () => {
  for (const [policy, next] of [
    ['Retain', 'ROLLBACK_COMPLETE'],
    ['RetainExceptOnCreate', 'CREATE_COMPLETE'],
  ] as const) {
    const world = new World();
    world.failures.push({ type: 'AWS::SNS::Topic', reason: 'Rate exceeded' });
    expect(deploy(world, 'Shop', bucket(policy))?.status).toBe('ROLLBACK_COMPLETE');
    expect(faultOf(() => deploy(world, 'Shop', bucket(policy), 'UPDATE'))).toContain(
      'is in ROLLBACK_COMPLETE state and can not be updated',
    );
    expect(faultOf(() => deploy(world, 'Shop', bucket(policy)))).toContain(
      'already exists and cannot be created again',
    );
    ask(world, 'DeleteStack', { StackName: 'Shop' });
    const stack = deploy(world, 'Shop', bucket(policy));
    expect(stack?.status).toBe(next);
    if (policy === 'Retain') expect(stack?.events.map(({ reason }) => reason)).toContain('acme already exists');
  }
});

test('an update that fails leaves the resources as they were', () => {
  const world = new World();
  const first = deploy(world, 'Shop', bucket('Retain'));
  const before = structuredClone(world.store.everything());
  world.failures.push({ type: 'AWS::SQS::Queue', reason: 'Rate exceeded' });
  const { Resources } = bucket('Retain');
  const changed = {
    ...Resources,
    Topic: { ...Resources.Topic, Properties: { DisplayName: 'x' } },
    Queue: { Type: 'AWS::SQS::Queue' },
  };
  expect(deploy(world, 'Shop', { Resources: changed }, 'UPDATE')?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.store.everything()).toEqual(before);
  expect(first?.resources.size).toBe(2);
});

// User Guide, "Get exported outputs from a deployed CloudFormation stack".
test('an export can be neither removed nor deleted while a stack imports it', () => {
  const world = new World();
  const Resources = { Topic: { Type: 'AWS::SNS::Topic' } };
  const Outputs = { Arn: { Value: { Ref: 'Topic' }, Export: { Name: 'TopicArn' } } };
  const consumer = {
    Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::ImportValue': 'TopicArn' } } } },
  };
  expect(deploy(world, 'Early', consumer)?.events.map(({ reason }) => reason)).toContain(
    'No export named TopicArn found.',
  );
  deploy(world, 'Producer', { Resources, Outputs });
  expect(deploy(world, 'Consumer', consumer)?.status).toBe('CREATE_COMPLETE');
  expect(
    deploy(world, 'Producer', { Resources: { ...Resources, Other: { Type: 'AWS::SNS::Topic' } } }, 'UPDATE')?.status,
  ).toBe('UPDATE_ROLLBACK_COMPLETE');
  ask(world, 'DeleteStack', { StackName: 'Producer' });
  expect(world.stacks.find(({ name }) => name === 'Producer')?.status).toBe('DELETE_FAILED');
});

test('templates have a size, capabilities and a bootstrap stack that must be there', () => {
  const world = new World();
  const create = (template: object) => faultOf(() => deploy(world, 'Shop', template));
  const topic = { Type: 'AWS::SNS::Topic' };
  expect(create({ Description: 'x'.repeat(51_200), Resources: { topic } })).toContain('may not exceed 51200 bytes');
  expect(create({ Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'x' } } } })).toContain(
    '[CAPABILITY_NAMED_IAM]',
  );
  const Parameters = { V: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } };
  expect(create({ Parameters, Resources: { topic } })).toContain(
    'Unable to fetch parameters [/cdk-bootstrap/hnb659fds/version]',
  );
  bootstrap(world, home, home.account);
  const Rules = {
    Old: { Assertions: [{ Assert: { 'Fn::Equals': [{ Ref: 'V' }, '1'] }, AssertDescription: 'too new' }] },
  };
  expect(create({ Parameters, Rules, Resources: { topic } })).toContain('too new');
  expect(create({ Parameters, Resources: { topic } })).toBe('nothing');
});

test('a role of the bootstrap stack is assumed by those that it trusts, without an external ID', () => {
  const world = new World();
  bootstrap(world, { account: '222222222222', region: home.region }, home.account);
  const RoleArn = 'arn:aws:iam::222222222222:role/cdk-hnb659fds-deploy-role-222222222222-eu-west-1';
  const assume = (more: Input, account = home.account) =>
    faultOf(() => ask(world, 'AssumeRole', { RoleArn, RoleSessionName: 's', ...more }, administrator(account)));
  expect(assume({})).toBe('nothing');
  expect(assume({ ExternalId: 'x' })).toContain('AccessDenied');
  expect(assume({}, '333333333333')).toContain('AccessDenied');
  expect(assume({ RoleArn: `${RoleArn}x` })).toContain('AccessDenied');
});
