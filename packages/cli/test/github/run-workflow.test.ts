/** The workflow, the access stacks and the runner together: gates hold, and what is deployed is what was approved. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
    new CfnTopic(stack, 'Topic', { topicName: stage.stageName + id });
    new CfnOutput(stack, 'Name', { value: stage.stageName + id });
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
    expect(new Set(executions.map(({ caller }) => caller))).toEqual(
      new Set([
        'arn:aws:sts::222222222222:assumed-role/cdkpipe-shop-Beta-execute/cdkpipe-77-Beta',
        'arn:aws:sts::333333333333:assumed-role/cdkpipe-shop-Prod-execute/cdkpipe-77-Prod',
      ]),
    );
  });
});

const executed = (deployment: string) =>
  aws.log.filter(
    ({ operation, outcome, input }) =>
      operation === 'ExecuteChangeSet' && outcome === 'ok' && String(input.StackName).startsWith(`${deployment}-`),
  ).length;

describe('nothing of a deployment is executed', () => {
  test('when a reviewer rejects its changes', async () => {
    protectAll();
    const { results } = await run({ decide: (environment) => (environment === 'Prod' ? 'rejected' : 'approved') });
    expect([results.Prod__prepare, results.Prod, results.Prod__Probe]).toEqual(['success', 'failure', 'skipped']);
    expect([executed('Beta'), executed('Prod')]).toEqual([2, 0]);
  });

  test('when a gate before its wave is rejected, not even prepared', async () => {
    protectAll();
    const { results } = await run({
      decide: (environment) => (environment === 'Prod/prepare' ? 'rejected' : 'approved'),
    });
    expect([results.Prod__prepare, results.Prod]).toEqual(['failure', 'skipped']);
    expect(aws.world.stacks.filter(({ name }) => name.startsWith('Prod-'))).toEqual([]);
  });

  test('when commands of a gate fail', async () => {
    protectAll();
    const { results } = await run({
      beforeStep: (job, step, workspace) => {
        if (job === 'Beta__Smoke' && step === 'Smoke') writeFileSync(join(workspace, 'fail'), '');
      },
    });
    expect([results.Beta__Smoke, results.Prod__prepare, results.Prod]).toEqual(['failure', 'skipped', 'skipped']);
  });

  test('when the environment of its review is missing, and GitHub makes one without rules', async () => {
    server.protect('Prod/prepare');
    const { results, logs } = await run();
    expect(results.Prod).toBe('failure');
    expect(logs.Prod).toContain('no required reviewers');
    expect(executed('Prod')).toBe(0);
  });

  test('when administrators may pass over the rules of its environment', async () => {
    protectAll();
    server.reach('Prod').can_admins_bypass = true;
    const { results, logs } = await run();
    expect([results.Prod, executed('Prod')]).toEqual(['failure', 0]);
    expect(logs.Prod).toContain('can bypass the rules');
  });

  test('on another branch, whose tokens no role trusts', async () => {
    protectAll();
    const { results } = await run({ ref: 'refs/heads/mine' });
    expect(results.Beta).toBe('skipped');
    expect(executed('Beta')).toBe(0);
  });

  test('when the cloud assembly is another one than was built', async () => {
    protectAll();
    const { results, logs } = await run({
      before: (job, _workspace, artifacts) => {
        if (job === 'Prod') writeFileSync(join(artifacts, 'cdkpipe-assembly/assembly.tar'), 'another');
      },
    });
    expect([results.Prod, executed('Prod')]).toEqual(['failure', 0]);
    expect(logs.Prod).toContain('FAILED');
  });

  test('when what was prepared is another one than was handed on', async () => {
    protectAll();
    const { results } = await run({
      before: (job, _workspace, artifacts) => {
        if (job === 'Prod')
          for (const file of readdirSync(join(artifacts, 'cdkpipe-prepared-Prod__prepare')))
            writeFileSync(join(artifacts, 'cdkpipe-prepared-Prod__prepare', file), 'another');
      },
    });
    expect([results.Prod, executed('Prod')]).toEqual(['failure', 0]);
  });

  test('when somebody replaced the change set after it was approved', async () => {
    protectAll();
    const { results, logs } = await run({
      before: (job) => {
        if (job === 'Prod') replaceChangeSets();
      },
    });
    expect([results.Prod, executed('Prod')]).toEqual(['failure', 0]);
    expect(logs.Prod).toMatch(/change set/);
  });

  test('when the committed workflow is not what the definition renders', async () => {
    protectAll();
    const { results, logs } = await run({
      beforeStep: (job, step, workspace) => {
        if (job === 'Build' && step === 'Check the committed workflow')
          writeFileSync(join(workspace, workflow), `${readFileSync(join(workspace, workflow), 'utf8')}# by hand\n`);
      },
    });
    expect([results.Build, results.Beta]).toEqual(['failure', 'skipped']);
    expect(logs.Build).toContain('is not what the definition renders');
  });
});

/** Somebody with all rights deletes the change sets of Prod and makes others of the same names. */
function replaceChangeSets(): void {
  const caller = { account: '333333333333', arn: 'arn:aws:iam::333333333333:user/admin' };
  const template = { Resources: { Other: { Type: 'AWS::SNS::Topic' } } };
  for (const stack of aws.world.stacks.filter(({ name }) => name.startsWith('Prod-')))
    for (const { name } of [...stack.changeSets.values()]) {
      const input = { StackName: stack.name, ChangeSetName: name };
      const question = { caller, region, service: 'cloudformation' };
      ask(aws.world, { ...question, operation: 'DeleteChangeSet', input });
      const create = { ...input, ChangeSetType: 'CREATE', TemplateBody: JSON.stringify(template) };
      ask(aws.world, { ...question, operation: 'CreateChangeSet', input: create });
    }
}

describe('a run goes on', () => {
  test('with new tokens and credentials when those it had have ended', async () => {
    protectAll();
    aws.world.webSessionMs = 1_000;
    server.failures = 1;
    const { results } = await run();
    expect(results.Prod).toBe('success');
    expect(server.tokens.length).toBeGreaterThan(10);
  });

  test('when its failed jobs are run again: with the same change sets, and without those that have succeeded', async () => {
    protectAll();
    let fails = true;
    const settings: Partial<RunSettings> = {
      beforeStep: (job, step, workspace) => {
        if (job === 'Prod' && step === 'Execute change sets' && fails)
          writeFileSync(join(workspace, '.cdkpipe-run/assembly/cdkpipe-github.json'), '{');
      },
    };
    const first = await run(settings);
    expect([first.results.Prod__prepare, first.results.Prod]).toEqual(['success', 'failure']);
    fails = false;
    const made = aws.log.filter(({ operation }) => operation === 'CreateChangeSet').length;
    const second = await run({ ...settings, earlier: first });
    expect([second.results.Prod, second.results.Prod__Done]).toEqual(['success', 'success']);
    expect(aws.log.filter(({ operation }) => operation === 'CreateChangeSet').length).toBe(made);
    expect(executed('Prod')).toBe(2);
  });
});
