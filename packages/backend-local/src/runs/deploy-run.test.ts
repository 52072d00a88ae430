/** A whole real run, from the definition to CloudFormation on loopback: what is asked of AWS, and in which order. */

import { cloudFormationDeployer } from '@cdkpipe/deployer-cloudformation';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import {
  type FakeAws,
  startFakeAws,
} from '../../../deployer-cloudformation/src/cloudformation/fake-aws.test.fixture.ts';
import { makeProject, type TestProject, type TestRun } from './project.test.fixture.ts';
import type { RunNews } from './run-pipeline.ts';

const secretKey = 'not-to-be-seen-anywhere';

/** With the roles of a bootstrapped account, and nothing to publish, as the server has no S3. */
const definition = (topic: string) => `
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { BootstraplessSynthesizer, CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const role = (name) => 'arn:aws:iam::222222222222:role/' + name;
const synthesizer = () => new BootstraplessSynthesizer({
  deployRoleArn: role('deploy'), cloudFormationExecutionRoleArn: role('execute'),
});
const app = (stage) => {
  const stack = new Stack(stage, 'Api', { synthesizer: synthesizer() });
  const topic = new CfnTopic(stack, 'Topic', { topicName: '${topic}' });
  new CfnOutput(stack, 'Arn', { value: topic.ref });
};
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval, manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['true'] }),
  waves: [
    wave('Prod', [
      deploy('Prod', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: app,
        changes: [manual('Review')],
        approvals: [codebuild('Smoke', { commands: ['echo "smoke $ARN"', 'test "$ARN" = "value of Arn"', 'test "$(cat health)" = good'], env: { ARN: output('Api', 'Arn') } })],
      }),
    ], { rollback: 'auto' }),
  ],
});
`;

let aws: FakeAws;
let project: TestProject;
beforeAll(async () => {
  aws = await startFakeAws();
  project = makeProject(definition('one'), { health: 'good' });
  await project.synthesize();
});
afterAll(() => aws.close());

async function deploy(change: Parameters<TestProject['run']>[0] = {}, { endpoint } = aws): Promise<TestRun> {
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretKey);
  onTestFinished(() => void vi.unstubAllEnvs());
  aws.calls.length = 0;
  return project.run({ makeDeployer: (_project, store) => cloudFormationDeployer({ store }), ...change });
}

const changing = ['CreateChangeSet', 'ExecuteChangeSet', 'DeleteChangeSet', 'UpdateTerminationProtection'];
const changes = () => aws.calls.map((call) => call.get('Action') ?? '').filter((action) => changing.includes(action));
const yes = { answers: [{ step: '*', decision: 'approve' as const }] };

test('nothing is executed before the change set is approved; then exactly that one, and its outputs reach the checks', async () => {
  const first = await deploy();
  expect(first.end).toBe('waiting');
  expect(changes()).toEqual(['CreateChangeSet']);
  const [create] = aws.callsOf('CreateChangeSet');
  expect(create?.get('RoleARN')).toBe('arn:aws:iam::222222222222:role/execute');
  expect(aws.callsOf('AssumeRole').map((call) => call.get('RoleArn'))).toEqual([
    'arn:aws:iam::222222222222:role/deploy',
  ]);
  const [prepared] = aws.changeSets;

  const second = await deploy({ resume: first.run, ...yes });
  expect(second.end).toBe('succeeded');
  expect(changes()).toEqual(['ExecuteChangeSet']);
  expect(aws.callsOf('ExecuteChangeSet')[0]?.get('ChangeSetName')).toBe(prepared?.arn);
  expect(second.lines).toContain('Prod/Smoke smoke value of Arn');
  const approved = second.events.find((event) => event.type === 'answered');
  const asked = first.events.find((event) => event.type === 'questionAsked');
  expect(approved?.digest).toBe(asked?.question.digest);
  expect(JSON.stringify([first, second])).not.toContain(secretKey);
});

test('a smoke test that fails takes the stack back to the template that stood before the run', async () => {
  const before = aws.stack?.template;
  project.define(definition('two'));
  await project.synthesize();
  const { end, events, run } = await deploy(yes);
  expect(end).toBe('succeeded');
  const good = aws.stack?.template;
  expect(good).not.toBe(before);

  project.define(definition('three').replace('= good', '= bad'));
  await project.synthesize();
  const bad = await deploy(yes);
  expect(bad.end).toBe('failed');
  expect(changes()).toEqual(['CreateChangeSet', 'ExecuteChangeSet', 'CreateChangeSet', 'ExecuteChangeSet']);
  const [forward, back] = aws.callsOf('CreateChangeSet');
  expect(forward?.get('TemplateBody')).toContain('three');
  expect(back?.get('ChangeSetName')).toMatch(/^cdkpipe-rollback-/);
  expect(back?.get('TemplateBody')).toBe(good);
  expect(aws.stack?.template).toBe(good);
  expect(bad.events.at(-1)).toMatchObject({
    type: 'runEnded',
    reason: 'Prod/Smoke: the commands failed with exit code 1; rolled back Prod',
  });
  expect(events.some(({ type }) => type === 'rollbackStarted')).toBe(false);

  // The run before that one can still be taken back by hand, as its template stands there.
  project.define(definition('two'));
  aws.calls.length = 0;
  const makeDeployer = async (_mode: unknown, store: string) => cloudFormationDeployer({ store });
  expect((await project.rollBack(run, { makeDeployer })).end).toBe('complete');
  expect(aws.stack?.template).toBe(before);
  expect(changes()).toEqual(['CreateChangeSet', 'ExecuteChangeSet']);
});

const executions = () => aws.callsOf('ExecuteChangeSet').length;

test('a run that cannot reach AWS stops without a verdict, rolls nothing back, and goes on when it can', async () => {
  project.define(definition('four'));
  await project.synthesize();
  const { run } = await deploy();
  const records: string[] = [];
  const observe = (news: RunNews) => {
    if (news.type === 'record') records.push(news.record.event.type);
  };
  const away = { ...aws, endpoint: 'http://127.0.0.1:1' };
  await expect(deploy({ resume: run, ...yes, observe }, away)).rejects.toMatchObject({
    code: 'AWS_UNREACHABLE',
    source: 'user',
  });
  expect(records.slice(-2)).toEqual(['actionStarted', 'runInterrupted']);

  const gone = await deploy({ resume: run });
  expect(gone.end).toBe('succeeded');
  expect(executions()).toBe(1);
});

test('credentials that run out while CloudFormation works stop the run; what it has begun is found again', async () => {
  project.define(definition('five'));
  await project.synthesize();
  const { run } = await deploy();
  aws.expiring = 'DescribeStackEvents';
  const stopped = deploy({ resume: run, ...yes });
  await expect(stopped).rejects.toMatchObject({ code: 'CREDENTIALS_EXPIRED' });
  expect(executions()).toBe(1);

  aws.expiring = undefined;
  const gone = await deploy({ resume: run });
  expect(gone.end).toBe('succeeded');
  expect(executions()).toBe(0);
  expect(gone.events.some(({ type }) => type === 'rollbackStarted')).toBe(false);
});
