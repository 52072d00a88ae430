/** The functions of a deployed pipeline, run as Lambda runs them: code from the bucket, their role, jobs of CodePipeline. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Alarm } from '../loopback-aws/alarm.test.fixture.ts';
import { ask, faultOf } from '../loopback-aws/ask.test.fixture.ts';
import { bootstrap } from '../loopback-aws/bootstrap.test.fixture.ts';
import { getAction, prepareStack } from '../loopback-aws/deployed-pipeline.test.fixture.ts';
import { administratorOf } from '../loopback-aws/identities.test.fixture.ts';
import {
  invokeFunction,
  type JobOptions,
  type LambdaHost,
  runJob,
  type Variables,
} from '../loopback-aws/lambda-host.test.fixture.ts';
import { startLoopbackAws } from '../loopback-aws/loopback-aws.test.fixture.ts';
import type { Approval, ReviewActions } from '../loopback-aws/pipeline-run.test.fixture.ts';
import { makeToolHost } from '../loopback-aws/run-tool.test.fixture.ts';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const target = { account: '222222222222', region: 'eu-west-1' };

const definition = `
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
import bakeApproval, { bake } from '@cdkpipe/plugin-bake-approval';
import lambdaApproval, { lambda } from '@cdkpipe/plugin-lambda-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import securityApproval, { securityReview } from '@cdkpipe/plugin-security-approval';
import windowApproval, { window } from '@cdkpipe/plugin-window-approval';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const stacks = (stage) => {
  const stack = new Stack(stage, 'Shop');
  new CfnTopic(stack, 'Topic');
  new CfnOutput(stack, 'Url', { value: 'https://shop.example.com' });
};
export default defineConfig({
  name: 'shop',
  env: { account: '${home.account}', region: '${home.region}' },
  plugins: [bakeApproval, lambdaApproval, manualApproval, securityApproval, windowApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Prod', [deploy('Prod', {
    env: { account: '${target.account}', region: '${target.region}' },
    stacks,
    changes: [securityReview('Security', { emails: ['people@example.com'] })],
    approvals: [
      lambda('Check', { handler: './check.ts', payload: { url: output('Shop', 'Url'), limit: 5 }, runIn: 'target' }),
      bake('Bake', { minutes: 60, alarms: ['Errors'] }),
      window('Window', { open: ['Mon-Sun 00:00-24:00'], timeZone: 'UTC' }),
    ],
  })])],
});
`;

const check = `
export const handler = async ({ url, limit }: { url: string; limit: number }, { functionName }: { functionName: string }) => ({
  approved: url.startsWith('https://') && limit === 5,
  reason: 'asked ' + url + ' as ' + (functionName === '' ? 'nobody' : 'a function'),
});
`;

let lambda: LambdaHost;
let assembly: string;
const host = makeToolHost();
beforeAll(async () => {
  const aws = await startLoopbackAws();
  const scratch = makeDirectory({ 'cdkpipe.config.ts': definition, 'check.ts': check });
  assembly = join(scratch, 'cdk.out');
  lambda = { aws, host, scratch, invoked: new Set() };
  const synth = await runCdkpipe(['synth', '--no-validate'], { cwd: scratch });
  expect(synth, synth.stderr).toMatchObject({ exitCode: 0 });
  for (const place of [home, target]) bootstrap(aws.world, place, home.account);
  const deployed = await host.run(
    'cdk',
    ['--app', '.', 'deploy', 'shop-pipeline', '--require-approval', 'never', '--ci'],
    {
      cwd: assembly,
      env: aws.environment(administratorOf(home.account), home.region),
    },
  );
  expect(deployed, deployed.output).toMatchObject({ exitCode: 0 });
});
afterAll(() => lambda.aws.close());

const run = (name: string, options?: JobOptions) => runJob(lambda, getAction(lambda.aws, name), options);

/** What the report's action leaves for those behind it. */
let reported: Variables;
const namespace = () => getAction(lambda.aws, 'Prod@ReportChanges').namespace ?? '';
const withReport = (changes: Readonly<Record<string, string>> = {}): JobOptions => ({
  variables: {
    [namespace()]: { ...reported[namespace()], ...changes },
    codepipeline: { PipelineExecutionId: 'run-1' },
  },
});

describe('the review of change sets', () => {
  test('is read by the role that may look, in the account of the stack', async () => {
    prepareStack(lambda.aws, getAction(lambda.aws, 'Prod.Shop.Prepare'), assembly);
    const from = lambda.aws.log.length;
    const { result, outcome } = await run('Prod@ReportChanges');
    expect(result, outcome.output).toMatchObject({
      status: 'Succeeded',
      variables: { Permissions: 'no', Stateful: 'no' },
    });
    expect(result?.variables.Digest).toMatch(/^[0-9a-f]{64}$/);
    const readers = lambda.aws.log.slice(from).filter(({ operation }) => operation === 'DescribeChangeSet');
    expect(readers[0]?.caller).toContain(
      'assumed-role/cdk-hnb659fds-lookup-role-222222222222-eu-west-1/cdkpipe-review',
    );
    reported = { [namespace()]: result?.variables ?? {} };
  });

  test('passes the approval of this execution where nothing asks for a person', async () => {
    const review: ReviewActions = { pass: 'Prod.Security@Pass', report: 'Prod@ReportChanges', variables: {} };
    const approval: Approval = {
      pipeline: 'shop',
      stage: 'Prod',
      action: 'Prod.Security',
      execution: 'run-1',
      token: 'token-1',
      review,
    };
    lambda.aws.world.approvals.push(approval);
    // What CodePipeline recorded counts, not what the event says.
    review.variables = { ...reported[namespace()], Permissions: 'yes' };
    const concerned = await run('Prod.Security@Pass', withReport());
    expect(concerned.result).toMatchObject({ status: 'Succeeded', summary: 'A person decides: permissions broaden' });
    expect(approval.answer).toBeUndefined();
    const { published } = lambda.aws.world;
    expect(published).toMatchObject([
      {
        subject: 'Approval needed: shop',
        messages: { email: expect.stringContaining('A person decides: permissions broaden.') },
      },
    ]);

    review.variables = reported[namespace()] ?? {};
    const { result, outcome } = await run('Prod.Security@Pass', withReport({ Permissions: 'yes' }));
    expect(result, outcome.output).toMatchObject({ status: 'Succeeded' });
    expect(approval.answer).toMatchObject({ status: 'Approved', by: expect.stringContaining('ChangePassRole') });
    // Nobody is notified of what has passed.
    expect(published).toHaveLength(1);
  });

  test('holds for the change sets that were reviewed, and for no others', async () => {
    const same = await run('Prod@VerifyChanges', withReport());
    expect(same.result, same.outcome.output).toMatchObject({ status: 'Succeeded' });

    const changed = makeDirectory();
    cpSync(assembly, changed, { recursive: true });
    const prepare = getAction(lambda.aws, 'Prod.Shop.Prepare');
    const template = join(changed, prepare.configuration.TemplatePath?.split('::')[1] ?? '');
    writeFileSync(template, readFileSync(template, 'utf8').replace('"AWS::SNS::Topic"', '"AWS::SQS::Queue"'));
    prepareStack(lambda.aws, prepare, changed);
    const other = await run('Prod@VerifyChanges', withReport());
    expect(other.result).toMatchObject({ status: 'Failed' });
    expect(other.result?.summary).toContain('the change sets are not those that were reviewed');
  });
});

test('a check gets the values of outputs, and decides', async () => {
  const outputs = (Url: string): JobOptions => ({
    variables: { [getAction(lambda.aws, 'Prod.Shop.Execute').namespace ?? '']: { Url } },
  });
  const good = await run('Prod.Check', outputs('https://shop.example.com'));
  expect(good.result, good.outcome.output).toMatchObject({ status: 'Succeeded' });
  const bad = await run('Prod.Check', outputs('http://shop.example.com'));
  expect(bad.result).toMatchObject({ status: 'Failed', summary: 'asked http://shop.example.com as a function' });
});

describe('a bake', () => {
  const alarm: Alarm = { name: 'Errors', state: 'OK', history: [] };
  const minutes = 60_000;

  test('is called again until its time is over', async () => {
    lambda.aws.world.alarms.push(alarm);
    const first = await run('Prod.Bake.Watch');
    expect(first.result, first.outcome.output).toMatchObject({
      status: 'Succeeded',
      continuationToken: expect.any(String),
    });
    const continuationToken = first.result?.continuationToken;
    const half = await run('Prod.Bake.Watch', { continuationToken, ahead: 30 * minutes });
    expect(half.result?.continuationToken, half.outcome.output).toEqual(continuationToken);
    const last = await run('Prod.Bake.Watch', { continuationToken, ahead: 61 * minutes });
    expect(last.result, last.outcome.output).toMatchObject({ status: 'Succeeded', continuationToken: undefined });
  });

  test('fails when an alarm goes off', async () => {
    const { result: first } = await run('Prod.Bake.Watch');
    alarm.state = 'ALARM';
    alarm.history.push({ at: new Date(), from: 'OK', to: 'ALARM' });
    const { result } = await run('Prod.Bake.Watch', {
      continuationToken: first?.continuationToken,
      ahead: 5 * minutes,
    });
    expect(result).toMatchObject({ status: 'Failed', summary: expect.stringContaining('Errors') });
  });
});

test('a window approves its own approval when it is open', async () => {
  const window = lambda.aws.world.store.all('AWS::Lambda::Function').find(({ name }) => name.includes('ProdWindow'));
  if (!window) throw new Error('no function of the window');
  const approval: Approval = {
    pipeline: 'shop',
    stage: 'Prod',
    action: 'Prod.Window',
    execution: 'run-1',
    token: 'token-2',
  };
  // EventBridge Scheduler calls at the opening, when nothing may wait.
  expect(await invokeFunction(lambda, window, {})).toMatchObject({ exitCode: 0 });
  lambda.aws.world.approvals.splice(0, 1, approval);
  const { exitCode, output } = await invokeFunction(lambda, window, startedEvent);
  expect(exitCode, output).toBe(0);
  expect(approval.answer).toMatchObject({ status: 'Approved', by: expect.stringContaining('ProdWindow') });
});

/** CodePipeline User Guide, "Monitoring CodePipeline events", "Action-level events". */
const startedEvent = {
  version: '0',
  id: '01234567-EXAMPLE',
  'detail-type': 'CodePipeline Action Execution State Change',
  source: 'aws.codepipeline',
  account: home.account,
  time: '2026-11-29T12:00:00Z',
  region: home.region,
  resources: [`arn:aws:codepipeline:${home.region}:${home.account}:shop`],
  detail: {
    pipeline: 'shop',
    version: 1,
    'execution-id': 'run-1',
    stage: 'Prod',
    action: 'Prod.Window',
    state: 'STARTED',
    type: { owner: 'AWS', category: 'Approval', provider: 'Manual', version: '1' },
  },
};

test('no function may give an approval that is not its own', () => {
  const { world } = lambda.aws;
  const approvals = ['Prod.Security', 'Prod.Window'];
  const mayApprove = world.store.all('AWS::Lambda::Function').flatMap(({ name, region, properties }) => {
    const role = world.store.findByArn(String(properties.Role));
    if (!role) throw new Error(`no role of ${name}`);
    const caller = { account: role.account, role, session: 'x', arn: role.arn };
    const given = approvals.filter((actionName) => {
      const input = { pipelineName: 'shop', stageName: 'Prod', actionName, token: 'wrong', result: {} };
      const question = { caller, region, service: 'codepipeline', operation: 'PutApprovalResult', input };
      return faultOf(() => ask(world, question)) !== 'AccessDenied';
    });
    return given.map((approval) => `${/ChangePass|ProdWindow|$/.exec(name)?.[0]} ${approval}`);
  });
  expect(mayApprove).toEqual(['ProdWindow Prod.Window', 'ChangePass Prod.Security']);
});

test('every function of the pipeline was run, and called nothing but AWS', () => {
  const all = lambda.aws.world.store.all('AWS::Lambda::Function').map(({ name }) => name);
  expect([...lambda.invoked].toSorted()).toEqual(all.toSorted());
  expect(host.escapes()).toEqual([]);
});
