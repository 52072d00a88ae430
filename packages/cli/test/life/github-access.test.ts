/** What tokens of GitHub may do in AWS: the policies of the access stacks, as IAM would evaluate them. */
import { join } from 'node:path';
import { type AccessRole, policyDocument, type RenderedWorkflow, renderWorkflow } from '@cdkpipe/backend-github';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Example, planExample } from '../../../backend-github/src/fixture/example.test.fixture.ts';
import { holds } from './iam/conditions.test.fixture.ts';
import { evaluate } from './iam/evaluate.test.fixture.ts';
import type { Context } from './iam/policy.test.fixture.ts';

const orders = join(import.meta.dirname, '../../../../examples/orders');
const ids = { owner: '123456', repository: '456789' };
const options = { repository: { owner: 'acme', name: 'orders', ids } };

interface PlacedRole extends AccessRole {
  readonly account: string;
  readonly purpose: string;
  /** ID of the job that assumes it. */
  readonly job: string;
}

let example: Example;
let rendered: RenderedWorkflow;
let roles: readonly PlacedRole[];
beforeAll(async () => {
  example = await planExample(orders);
  rendered = await renderWorkflow({ ...example, options, mark: 'made by a test' });
  roles = rendered.access.flatMap(({ account, roles: own }) =>
    own.map((role) => {
      const [, job = '', purpose = ''] = /^cdkpipe-orders-(.*)-(\w+)$/.exec(role.name) ?? [];
      return { ...role, account, purpose, job };
    }),
  );
});

const rolesFor = (purpose: string) => roles.filter((role) => role.purpose === purpose);

function may(role: PlacedRole, action: string, resource: string, context: Context = {}): boolean {
  const arn = `arn:aws:iam::${role.account}:role/${role.name}`;
  const owner = resource.split(':')[4] || role.account;
  const document = policyDocument(role.grants);
  const request = { caller: { role: arn }, action, resource, owner, context };
  return evaluate(request, { identity: [{ name: role.name, document }] }).allowed;
}

interface PlacedStack {
  readonly deployment: string;
  readonly id: string;
  readonly account: string;
  readonly arn: string;
}

const stacks = (): PlacedStack[] =>
  example.assembly.deployments.flatMap(({ name, stacks: own }) =>
    own.map(({ id, stackName, env: { account, region } }) => ({
      deployment: name,
      id,
      account,
      arn: `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/6f1a`,
    })),
  );

const deploymentOf = (role: PlacedRole) =>
  rendered.jobs.flatMap((job) => (job.id === role.job && 'deployment' in job ? [job.deployment] : []))[0];

/** Everything by which a stack comes, changes or goes. */
const changing = [
  'CancelUpdateStack',
  'ContinueUpdateRollback',
  'CreateStack',
  'DeleteStack',
  'ExecuteChangeSet',
  'ImportStacksToStackSet',
  'RollbackStack',
  'SetStackPolicy',
  'SignalResource',
  'UpdateStack',
  'UpdateTerminationProtection',
].map((name) => `cloudformation:${name}`);

/** What the deployer calls to make a change set, and to execute one (deployer-cloudformation). */
const preparing = ['CreateChangeSet', 'DeleteChangeSet', 'DescribeChangeSet', 'DescribeStacks', 'GetTemplate'];
const executing = ['DescribeChangeSet', 'DescribeStackEvents', 'DescribeStacks', 'ExecuteChangeSet', 'GetTemplate'];

describe('the role that prepares', () => {
  test('cannot execute, create, change or delete any stack', () => {
    expect(rolesFor('prepare').map(({ job }) => job)).toEqual(['ProdEu__prepare']);
    for (const role of rolesFor('prepare'))
      for (const { arn } of stacks()) expect(changing.filter((action) => may(role, action, arn))).toEqual([]);
  });

  test('can make and read the change sets of the stacks of its job', () => {
    const [role] = rolesFor('prepare');
    const own = stacks().filter(({ deployment, id }) => deployment === 'ProdEu' && ['Data', 'Network'].includes(id));
    expect(own.length).toBe(2);
    for (const { arn } of own)
      for (const action of preparing) expect(role && may(role, `cloudformation:${action}`, arn), action).toBe(true);
  });

  test('passes the role of CloudFormation to CloudFormation alone, and assumes neither it nor the one that deploys', () => {
    const [role] = rolesFor('prepare');
    const bootstrap = (name: string) =>
      `arn:aws:iam::333333333333:role/cdk-hnb659fds-${name}-role-333333333333-eu-west-1`;
    const to = (service: string) => ({ 'iam:PassedToService': service });
    if (role === undefined) throw new Error('no role');
    expect(may(role, 'iam:PassRole', bootstrap('cfn-exec'), to('cloudformation.amazonaws.com'))).toBe(true);
    expect(may(role, 'iam:PassRole', bootstrap('cfn-exec'), to('lambda.amazonaws.com'))).toBe(false);
    expect(may(role, 'iam:PassRole', bootstrap('deploy'), to('cloudformation.amazonaws.com'))).toBe(false);
    for (const name of ['cfn-exec', 'deploy']) expect(may(role, 'sts:AssumeRole', bootstrap(name))).toBe(false);
  });
});

describe('a role that executes', () => {
  test('can do what the deployer does with the stacks of its job, and no more', () => {
    for (const role of rolesFor('execute')) {
      const job = rendered.jobs.find(({ id }) => id === role.job);
      const own = job?.type === 'execute' ? job.executes.map(({ stack }) => stack) : [];
      expect(own.length).toBeGreaterThan(0);
      for (const { arn, id, deployment } of stacks()) {
        const isOwn = deployment === deploymentOf(role) && own.includes(id);
        for (const action of executing)
          if (isOwn) expect(may(role, `cloudformation:${action}`, arn), `${role.name} ${action} ${arn}`).toBe(true);
        if (!isOwn) expect(may(role, 'cloudformation:ExecuteChangeSet', arn), `${role.name} ${arn}`).toBe(false);
        expect(may(role, 'cloudformation:DeleteStack', arn)).toBe(false);
      }
    }
  });
});

describe('a role', () => {
  test('touches no stack of another deployment', () => {
    const actions = [
      ...new Set([...changing, ...[...preparing, ...executing].map((name) => `cloudformation:${name}`)]),
    ];
    for (const role of roles)
      for (const { arn, deployment } of stacks())
        if (deployment !== deploymentOf(role))
          expect(
            actions.filter((action) => may(role, action, arn)),
            `${role.name} ${arn}`,
          ).toEqual([]);
  });

  test('that publishes assumes the roles of the bootstrap stack that upload, and does nothing else', () => {
    for (const role of rolesFor('publish')) {
      expect(role.grants.flatMap(({ actions }) => actions)).toEqual(['sts:AssumeRole']);
      for (const arn of role.grants.flatMap(({ resources }) => resources))
        expect(arn).toMatch(/role\/cdk-hnb659fds-(file|image)-publishing-role-/);
    }
  });

  test('says of each statement why it is there', () => {
    for (const { grants } of roles) for (const { reason } of grants) expect(reason).toMatch(/\w/);
  });

  test('has no statement on everything', () => {
    for (const { grants } of roles) for (const { resources } of grants) expect(resources).not.toContain('*');
  });
});

/** A token as GitHub issues it: the claims that STS knows. */
interface Token {
  readonly aud: string;
  readonly sub: string;
  readonly ref: string;
  readonly repository_id: string;
}

function trusts(role: PlacedRole, token: Partial<Token>): boolean {
  const context = Object.fromEntries(
    Object.entries(token).map(([claim, value]) => [`token.actions.githubusercontent.com:${claim}`, value]),
  );
  return holds(role.trust.conditions, { context } as never);
}

const token = (environment: string, more: Partial<Token> = {}): Token => ({
  aud: 'sts.amazonaws.com',
  sub: `repo:acme/orders:environment:${environment}`,
  ref: 'refs/heads/main',
  repository_id: '456789',
  ...more,
});

describe('a token', () => {
  const environmentOf = (role: PlacedRole) => rendered.record.jobs[role.job]?.environment ?? '';

  test('of the environment of a job can assume the roles of that job, in both forms of the subject', () => {
    for (const role of roles) {
      const environment = environmentOf(role);
      expect(trusts(role, token(environment))).toBe(true);
      const immutable = `repo:acme@123456/orders@456789:environment:${environment}`;
      expect(trusts(role, token(environment, { sub: immutable }))).toBe(true);
    }
  });

  test('of any other environment can assume none of them', () => {
    const all = Object.values(rendered.record.jobs).flatMap(({ environment }) => environment ?? []);
    for (const role of roles)
      for (const environment of all)
        if (environment !== environmentOf(role)) expect(trusts(role, token(environment)), role.name).toBe(false);
  });

  test.each<[string, Partial<Token>]>([
    ['of a job without environment', { sub: 'repo:acme/orders:ref:refs/heads/main' }],
    ['of a pull request', { sub: 'repo:acme/orders:pull_request' }],
    ['of another branch', { ref: 'refs/heads/mine' }],
    ['of a pull request in the environment', { ref: 'refs/pull/7/merge' }],
    ['of a tag with the name of the branch', { ref: 'refs/tags/main' }],
    ['of another repository', { repository_id: '1' }],
    ['for another audience', { aud: 'https://github.com/acme' }],
  ])('%s can assume none', (_title, more) => {
    for (const role of roles) expect(trusts(role, token(environmentOf(role), more)), role.name).toBe(false);
  });

  test.each([
    'repo:acme/orders2:environment:',
    'repo:other/orders:environment:',
    'repo:acme@1/orders@456789:environment:',
  ])('with the subject %s… can assume none', (prefix) => {
    for (const role of roles)
      expect(trusts(role, token('', { sub: `${prefix}${environmentOf(role)}` })), role.name).toBe(false);
  });

  test('without a claim that is asked for can assume none', () => {
    for (const role of roles)
      for (const claim of ['aud', 'sub', 'ref', 'repository_id'] as const) {
        const { [claim]: _, ...rest } = token(environmentOf(role));
        expect(trusts(role, rest), `${role.name} ${claim}`).toBe(false);
      }
  });
});
