/** The workflow, the access stacks and the runner together: gates hold, and what is deployed is what was approved. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import github from '@cdkpipe/backend-github';
import { synthesize } from '@cdkpipe/core/host';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renderers } from '../../../backend-github/src/fixture/example.test.fixture.ts';
import { makeDirectory } from '../e2e/run-cdkpipe.test.fixture.ts';
import { ask } from '../loopback-aws/ask.test.fixture.ts';
import { bootstrap } from '../loopback-aws/bootstrap.test.fixture.ts';
import { administratorOf } from '../loopback-aws/identities.test.fixture.ts';
import { type LoopbackAws, startLoopbackAws } from '../loopback-aws/loopback-aws.test.fixture.ts';
import { GitHubServer } from './github-server.test.fixture.ts';
import { type FinishedRun, type RunSettings, runWorkflow } from './run-workflow.test.fixture.ts';

const definition = `
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';

const app = (stage) => {
  for (const id of ['Data', 'Api']) {
    const stack = new Stack(stage, id);
    const topic = new CfnTopic(stack, 'Topic', { topicName: stage.stageName + id });
    new CfnOutput(stack, 'Name', { value: topic.attrTopicName });
  }
};
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval, codebuildApproval],
  backends: { github: { repository: { owner: 'acme', name: 'shop', ids: { owner: '1', repository: '456789' } } } },
  source: source.connection('acme/shop', {
    branch: 'main',
    connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d-4e5f-6789-abcd-ef0123456789',
  }),
  build: build({ commands: ['cp -R "$MADE" cdk.out', 'export VERSION=$(cat version.txt)'], exports: ['VERSION'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: app,
        prepare: false,
        approvals: [codebuild('Smoke', { commands: ['test "$NAME" = BetaApi', 'test ! -f fail'], env: { NAME: output('Api', 'Name') } })],
      }),
    ]),
    wave('Prod', [
      deploy('Prod', {
        env: { account: '333333333333', region: 'eu-west-1' },
        stacks: app,
        changes: [manual('Review')],
        approvals: [
          codebuild('Probe', {
            commands: ['test -s "$AWS_WEB_IDENTITY_TOKEN_FILE"', 'test -z "$ACTIONS_ID_TOKEN_REQUEST_TOKEN"', 'export SEEN=yes'],
            rolePolicy: [{ effect: 'Allow', actions: ['cloudwatch:DescribeAlarms'], resources: ['*'], acknowledge: 'a test' }],
            runIn: 'target',
          }),
          manual('Done'),
        ],
      }),
    ], { before: [manual('Ready')] }),
  ],
});
`;

const accounts = ['222222222222', '333333333333'];
const region = 'eu-west-1';
const workflow = '.github/workflows/shop.yml';

let repository: string;
beforeAll(async () => {
  repository = makeDirectory({ 'cdkpipe.config.ts': definition, 'version.txt': '1.0\n', '.gitignore': 'cdk.out\n' });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: repository });
  git('init', '-q');
  await synthesize({ cwd: repository, builtIns: [github, renderers], backend: 'github', validate: false });
  git('add', '.');
  git('commit', '-q', '-m', 'x');
});

let aws: LoopbackAws;
let server: GitHubServer;
beforeEach(async () => {
  aws = await startLoopbackAws();
  server = new GitHubServer();
  await server.start();
  for (const account of accounts) {
    bootstrap(aws.world, { account, region }, '');
    const template = readFileSync(join(repository, `cdk.out/shop-access-${account}.template.json`), 'utf8');
    const caller = { account, arn: `arn:aws:iam::${account}:user/admin` };
    const names = { StackName: `shop-access-${account}`, ChangeSetName: 'first' };
    const question = { caller, region, service: 'cloudformation' };
    const Capabilities = ['CAPABILITY_NAMED_IAM'];
    const create = { ...names, ChangeSetType: 'CREATE', TemplateBody: template, Capabilities };
    ask(aws.world, { ...question, operation: 'CreateChangeSet', input: create });
    ask(aws.world, { ...question, operation: 'ExecuteChangeSet', input: names });
  }
});
afterEach(() => {
  aws.close();
  server.close();
});

const protectAll = () => {
  for (const name of ['Prod', 'Prod/before/Ready', 'Prod/prepare', 'Prod/Done']) server.protect(name);
};

function run(more: Partial<RunSettings> = {}): Promise<FinishedRun> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...env } = aws.environment(administratorOf('999999999999'), region);
  return runWorkflow({ repository, workflow, server, env: { ...env, MADE: join(repository, 'cdk.out') }, ...more });
}

const deployed = () =>
  aws.world.stacks
    .filter(({ name, status }) => /^(Beta|Prod)-/.test(name) && status === 'CREATE_COMPLETE')
    .map(({ name }) => name)
    .sort();

describe('a run', () => {
  test('deploys everything when people approve every gate', async () => {
    protectAll();
    const { results, logs, summaries } = await run();
    expect(results, JSON.stringify(logs, null, 1)).toEqual({
      Build: 'success',
      Beta: 'success',
      Beta__Smoke: 'success',
      Prod__prepare: 'success',
      Prod: 'success',
      Prod__Probe: 'success',
      Prod__Done: 'success',
    });
    expect(deployed()).toEqual(['Beta-Api', 'Beta-Data', 'Prod-Api', 'Prod-Data']);
    expect(logs.Prod).toContain('Prod/Review: approved by ada in the environment Prod');
    expect(summaries.Prod__prepare).toContain('Digest of what is executed');
    const executions = aws.log.filter(({ operation }) => operation === 'ExecuteChangeSet');
    expect(new Set(executions.slice(2).map(({ caller }) => caller))).toEqual(
      new Set([
        'arn:aws:sts::222222222222:assumed-role/cdkpipe-shop-Beta-execute/cdkpipe-77-Beta',
        'arn:aws:sts::333333333333:assumed-role/cdkpipe-shop-Prod-execute/cdkpipe-77-Prod',
      ]),
    );
  });
});
