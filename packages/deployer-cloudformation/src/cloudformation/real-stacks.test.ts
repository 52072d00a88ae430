/** The deployer "cloudformation" over a real connection: what it asks for, and what it says when AWS says no. */
import { readFileSync } from 'node:fs';
import { isCdkpipeError } from '@cdkpipe/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sayChanges } from '../contract/change-summary.ts';
import type { StackTarget } from '../contract/deployer.ts';
import { type FakeAws, startFakeAws } from './fake-aws.test.fixture.ts';
import { makeProject } from './stack.test.fixture.ts';

let aws: FakeAws;
const warnings: string[] = [];
const noteWarning = ({ message }: Error) => warnings.push(message);
beforeAll(async () => {
  process.on('warning', noteWarning);
  aws = await startFakeAws();
});
afterAll(() => {
  process.off('warning', noteWarning);
  return aws.close();
});
beforeEach(() => {
  aws.calls.length = 0;
  aws.changeSets.length = 0;
  Object.assign(aws, { stack: undefined, throttled: 0, denied: undefined, failing: false, losing: false });
});

const stackIn = (status: string, template = '{}') => ({ status, template, isProtected: false, events: [] });

test('a stack is made with the roles of the assembly, from every page of its change set', async () => {
  const { deployer, target, tools, lines } = makeProject(aws.endpoint);
  const api = target({ topics: ['A', 'B', 'C'], protect: true });
  aws.throttled = 2;
  const prepared = await deployer.prepare(api, tools);
  expect(sayChanges(prepared.changes)).toBe('3 to add');
  const executed = await deployer.execute(api, prepared, tools);
  expect(executed.outputs).toMatchObject({ AArn: 'value of AArn', CArn: 'value of CArn' });
  expect(aws.stack?.isProtected).toBe(true);
  expect(lines).toContain('CREATE_COMPLETE Api (AWS::CloudFormation::Stack)');

  const [assume] = aws.callsOf('AssumeRole').slice(-1);
  expect(assume?.get('RoleArn')).toMatch(/^arn:aws:iam::222222222222:role\/cdk-hnb659fds-deploy-role-/);
  expect(assume?.get('ExternalId')).toBe('orders');
  const [create] = aws.callsOf('CreateChangeSet').slice(-1);
  expect(create?.get('RoleARN')).toMatch(/^arn:aws:iam::222222222222:role\/cdk-hnb659fds-cfn-exec-role-/);
  expect(create?.get('Tags.member.1.Value')).toBe('orders');
  expect(aws.callsOf('ExecuteChangeSet').map((call) => call.get('ChangeSetName'))).toEqual([prepared.reference]);
});

test('a role is assumed with the session tags that the assembly has for it', async () => {
  const { deployer, target, tools } = makeProject(aws.endpoint);
  await deployer.prepare(target({ team: 'orders' }), tools);
  const [assume] = aws.callsOf('AssumeRole').slice(-1);
  expect(assume?.get('RoleArn')).toContain('deploy-role');
  expect(assume?.get('ExternalId')).toBe('orders');
  expect([assume?.get('Tags.member.1.Key'), assume?.get('Tags.member.1.Value')]).toEqual(['team', 'orders']);
});

test('an empty change set is nothing to execute', async () => {
  const { deployer, target, tools } = makeProject(aws.endpoint);
  const api = target({});
  await deployer.execute(api, await deployer.prepare(api, tools), tools);
  const prepared = await deployer.prepare({ ...api, run: 'next' }, tools);
  expect(prepared.reference).toBeUndefined();
  expect((await deployer.execute({ ...api, run: 'next' }, prepared, tools)).summary).toBe('nothing to execute');
  expect(aws.callsOf('ExecuteChangeSet')).toHaveLength(1);
});

describe('after a crash', () => {
  test('an execution is looked at, not done again, also when its change set is gone', async () => {
    const { deployer, target, tools } = makeProject(aws.endpoint);
    const api = target({});
    const prepared = await deployer.prepare(api, tools);
    const executed = await deployer.execute(api, prepared, tools);
    expect(await deployer.execute(api, prepared, tools)).toEqual(executed);
    aws.changeSets.length = 0;
    expect(await deployer.execute(api, prepared, tools)).toEqual(executed);
    expect(aws.callsOf('ExecuteChangeSet')).toHaveLength(1);
  });

  test('an execution whose answer was lost counts once', async () => {
    const { deployer, target, tools } = makeProject(aws.endpoint);
    const api = target({});
    const prepared = await deployer.prepare(api, tools);
    aws.losing = true;
    expect((await deployer.execute(api, prepared, tools)).summary).toBe('1 to add');
    expect(aws.stack?.events.filter(({ status }) => status === 'CREATE_IN_PROGRESS')).toHaveLength(1);
  });

  test('a stack without a change set is gone on with', async () => {
    const { deployer, target, tools } = makeProject(aws.endpoint);
    const api = target({});
    const executed = await deployer.execute(api, undefined, tools);
    expect((await deployer.execute(api, undefined, tools)).outputs).toEqual(executed.outputs);
    expect(aws.callsOf('ExecuteChangeSet')).toHaveLength(1);
  });
});

describe('what goes wrong is refused', () => {
  type Case = readonly [
    string,
    string,
    RegExp,
    (make: ReturnType<typeof makeProject>, api: StackTarget) => Promise<unknown>,
  ];
  const prepareIn =
    (status: string): Case[3] =>
    (make, api) => {
      aws.stack = stackIn(status);
      return make.deployer.prepare(api, make.tools);
    };
  const cases: readonly Case[] = [
    [
      'a first creation that failed',
      'STACK_NOT_USABLE',
      /delete-stack --stack-name Api/,
      prepareIn('ROLLBACK_COMPLETE'),
    ],
    ['a way back that failed', 'STACK_NOT_USABLE', /continue-update-rollback/, prepareIn('UPDATE_ROLLBACK_FAILED')],
    [
      'a call that AWS denies',
      'AWS_REFUSED',
      /cloudformation:CreateChangeSet in 222222222222\/eu-west-1: AccessDenied/,
      (make, api) => {
        aws.denied = 'CreateChangeSet';
        return make.deployer.prepare(api, make.tools);
      },
    ],
    [
      'credentials of another account, where no role is named',
      'CREDENTIALS_OF_OTHER_ACCOUNT',
      /those of 111111111111, not of 222222222222/,
      (make, { stack: { deployRoleArn, ...stack }, ...api }) => make.deployer.prepare({ ...api, stack }, make.tools),
    ],
    [
      'a large template without a bucket',
      'TEMPLATE_TOO_LARGE',
      /takes 51200 without a bucket/,
      (make) => {
        const { stack, ...large } = make.target({ padding: 60_000 });
        const { assetManifest, ...bare } = stack;
        return make.deployer.prepare({ ...large, stack: bare }, make.tools);
      },
    ],
    [
      'a stack that fails, by its first cause',
      'STACK_FAILED',
      /Api is ROLLBACK_COMPLETE: CREATE_FAILED B \(AWS::SNS::Topic\): topic-B already exists/,
      async (make, api) => {
        const prepared = await make.deployer.prepare(api, make.tools);
        aws.failing = true;
        return make.deployer.execute(api, prepared, make.tools);
      },
    ],
    [
      'a change set that somebody removed',
      'CHANGE_SET_GONE',
      /it is not there/,
      async (make, api) => {
        const prepared = await make.deployer.prepare(api, make.tools);
        aws.changeSets.length = 0;
        return make.deployer.execute(api, prepared, make.tools);
      },
    ],
    [
      'a change set that is not the one that was prepared',
      'CHANGE_SET_DIFFERS',
      /not what was prepared and approved/,
      async (make, api) => {
        const prepared = await make.deployer.prepare(api, make.tools);
        const [only] = aws.changeSets;
        if (only) aws.changeSets[0] = { ...only, template: '{"Resources":{"Evil":{"Type":"AWS::IAM::Role"}}}' };
        return make.deployer.execute(api, prepared, make.tools);
      },
    ],
    [
      'the way back of a stack that somebody changed since',
      'ROLLBACK_OF_CHANGED_STACK',
      /somebody has changed it since/,
      async (make, api) => {
        aws.stack = stackIn('CREATE_COMPLETE', '{"Resources":{}}');
        await make.deployer.execute(api, undefined, make.tools);
        aws.stack.template = '{"Resources":{"Other":{"Type":"AWS::SNS::Topic"}}}';
        return make.deployer.rollback(api, make.tools);
      },
    ],
  ];
  test.each(cases)('%s: %s', async (_what, code, text, act) => {
    const make = makeProject(aws.endpoint);
    const error = await act(make, make.target({})).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!isCdkpipeError(error)) throw error ?? new Error('it was not refused');
    const [problem] = error.problems;
    expect(problem?.code).toBe(code);
    expect(`${problem?.message}; ${problem?.fix}`).toMatch(text);
    if (!['STACK_FAILED', 'ROLLBACK_OF_CHANGED_STACK'].includes(code))
      expect(aws.callsOf('ExecuteChangeSet')).toEqual([]);
  });
});

describe('the way back', () => {
  const before = '{"Resources":{"Old":{"Type":"AWS::SNS::Topic"}}}';

  test('deploys what stood there before the run, once', async () => {
    const { deployer, target, tools } = makeProject(aws.endpoint);
    aws.stack = stackIn('UPDATE_COMPLETE', before);
    const api = target({});
    await deployer.execute(api, await deployer.prepare(api, tools), tools);
    expect(aws.stack.template).not.toBe(before);
    expect(await deployer.rollback(api, tools)).toEqual({ outcome: 'restored', detail: 'as it was before' });
    expect(aws.stack.template).toBe(before);
    await deployer.rollback(api, tools);
    expect(aws.callsOf('ExecuteChangeSet')).toHaveLength(2);
  });

  test('leaves a stack that the run created, and says how to remove it', async () => {
    const { deployer, target, tools } = makeProject(aws.endpoint);
    const api = target({});
    await deployer.execute(api, undefined, tools);
    const { outcome, detail } = await deployer.rollback(api, tools);
    expect(outcome).toBe('kept');
    expect(detail).toContain('aws cloudformation delete-stack --stack-name Api --region eu-west-1');
    expect(aws.callsOf('DeleteStack')).toEqual([]);
  });

  test('finds out how an execution ended that nobody has seen end', async () => {
    const { deployer, target, tools } = makeProject(aws.endpoint);
    const api = target({});
    expect((await deployer.rollback(api, tools)).outcome).toBe('unchanged');
    aws.stack = stackIn('UPDATE_COMPLETE', before);
    const prepared = await deployer.prepare(api, tools);
    aws.failing = true;
    await expect(deployer.execute(api, prepared, tools)).rejects.toMatchObject({ code: 'STACK_FAILED' });
    aws.failing = false;
    expect((await deployer.rollback(api, tools)).outcome).toBe('unchanged');
    // The template arrived although the run was told that it had failed.
    aws.stack.template = readFileSync(api.templateFile, 'utf8');
    expect((await deployer.rollback(api, tools)).outcome).toBe('restored');
    expect(aws.stack.template).toBe(before);
  });

  test('takes a creation that failed for none', async () => {
    const { deployer, target, tools } = makeProject(aws.endpoint);
    const api = target({});
    aws.failing = true;
    await expect(deployer.execute(api, undefined, tools)).rejects.toMatchObject({ code: 'STACK_FAILED' });
    expect((await deployer.rollback(api, tools)).outcome).toBe('unchanged');
  });
});

test('nobody who runs a pipeline is told which versions of Node later versions of the SDK will want', async () => {
  const { deployer, target, tools } = makeProject(aws.endpoint);
  await deployer.prepare(target({ topics: ['A'] }), tools);
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings.filter((text) => text.includes('AWS SDK'))).toEqual([]);
});
