import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { Passes, ReviewRequest, Reviews } from './contract.ts';

/** The code as it is published and deployed. */
const built = fileURLToPath(new URL('../../../dist/change-review/index.mjs', import.meta.url));

/** An SDK that answers from the world it is given and writes down what it is asked. */
const sdk = `
const world = JSON.parse(process.env.WORLD);
class Command { constructor(input) { this.input = input; } }
const client = (answers) => class {
  constructor(config) { this.config = config; }
  async send(command) {
    const name = command.constructor.name.replace(/Command$/, '');
    const { region, credentials } = this.config;
    process.stdout.write('SDK ' + JSON.stringify({ name, input: command.input, region, as: credentials?.accessKeyId }) + '\\n');
    return answers(name, command.input);
  }
};
const notFound = (name, message) => { throw Object.assign(new Error(message), { name }); };
export class DescribeChangeSetCommand extends Command {}
export class DescribeStacksCommand extends Command {}
export class GetTemplateCommand extends Command {}
export class AssumeRoleCommand extends Command {}
export class GetPipelineStateCommand extends Command {}
export class ListActionExecutionsCommand extends Command {}
export class PutApprovalResultCommand extends Command {}
export class PutJobSuccessResultCommand extends Command {}
export class PutJobFailureResultCommand extends Command {}
export const CloudFormationClient = client((name, input) => {
  if (name === 'DescribeChangeSet')
    return world.changeSets[input.StackName ?? input.ChangeSetName] ?? notFound('ChangeSetNotFoundException', 'not found');
  if (name === 'DescribeStacks') return { Stacks: [{ StackStatus: 'UPDATE_COMPLETE' }] };
  return { TemplateBody: JSON.stringify(input.ChangeSetName ? world.after : world.before) };
});
export const STSClient = client((name, { RoleArn }) =>
  world.denied ? notFound('AccessDenied', 'not allowed to assume ' + RoleArn) : { Credentials: { AccessKeyId: RoleArn } });
export class PublishCommand extends Command {}
export const SNSClient = client(() => (world.muted ? notFound('AuthorizationError', 'not authorized to publish') : {}));
export const CodePipelineClient = client((name, { nextToken }) => {
  if (name === 'ListActionExecutions') return nextToken ? world.history.second : world.history.first;
  return name === 'GetPipelineState' ? world.state : {};
});
`;

const driver = `
const code = await import('./index.mjs');
const { handler, UserParameters } = JSON.parse(process.env.CALL);
const event = { 'CodePipeline.job': { id: 'job-1', data: { actionConfiguration: { configuration: { UserParameters } } } } };
const context = { invokedFunctionArn: 'arn:aws-cn:lambda:x', getRemainingTimeInMillis: () => 21000 };
await code[handler](event, context);
`;

const roleArn = 'arn:${AWS::Partition}:iam::222222222222:role/lookup';
const reviews: Reviews = {
  prod: {
    changeSetName: 'cdkpipe',
    stacks: [{ name: 'Prod-Orders', region: 'us-east-1', roleArn, externalId: 'reader' }],
    texts: { Summary200: { about: 'summary', room: 200 }, Findings150: { about: 'findings', room: 150 } },
  },
};
const passes: Passes = {
  Look: {
    pipeline: 'orders',
    stage: 'Prod',
    action: 'Look',
    caller: 'Look@Pass',
    report: { stage: 'Prod', action: 'Report' },
    unless: ['changes'],
    console: 'https://console.example.com/orders',
  },
};
const table = { Type: 'AWS::DynamoDB::Table' };
const changeSet = {
  ChangeSetId: 'arn:set',
  StackId: 'arn:stack',
  Status: 'CREATE_COMPLETE',
  ExecutionStatus: 'AVAILABLE',
  Changes: [{ ResourceChange: { Action: 'Remove', LogicalResourceId: 'Table', ResourceType: table.Type } }],
};
const nothing = {
  ChangeSetId: 'arn:set',
  Status: 'FAILED',
  StatusReason:
    "The submitted information didn't contain changes. Submit different information to create a change set.",
};
const world = { changeSets: { 'Prod-Orders': changeSet }, before: { Resources: { Table: table } }, after: {} };

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function call(handler: 'review' | 'pass', request: ReviewRequest | string, told: object = world) {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-review-'));
  directories.push(directory);
  cpSync(built, join(directory, 'index.mjs'));
  writeFileSync(join(directory, 'reviews.json'), JSON.stringify(reviews));
  writeFileSync(join(directory, 'passes.json'), JSON.stringify(passes));
  writeFileSync(join(directory, 'driver.mjs'), driver);
  for (const name of ['client-cloudformation', 'client-codepipeline', 'client-sns', 'client-sts']) {
    const module = join(directory, 'node_modules', '@aws-sdk', name);
    mkdirSync(module, { recursive: true });
    writeFileSync(join(module, 'index.mjs'), sdk);
    writeFileSync(join(module, 'package.json'), JSON.stringify({ exports: './index.mjs' }));
  }
  const UserParameters = typeof request === 'string' ? request : JSON.stringify(request);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['driver.mjs'], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, WORLD: JSON.stringify(told), CALL: JSON.stringify({ handler, UserParameters }) },
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const asked = stdout
    .split('\n')
    .filter((line) => line.startsWith('SDK '))
    .map(
      (line) =>
        JSON.parse(line.slice(4)) as { name: string; input: Record<string, never>; region?: string; as?: string },
    );
  return {
    asked,
    answer: asked.at(-1),
    variables: asked.at(-1)?.input.outputVariables as unknown as Record<string, string>,
  };
}

describe('the review function', () => {
  it('reads each change set in its region, as its role, in the partition it runs in', () => {
    const { asked } = call('review', { do: 'report', of: 'prod' });
    const role = 'arn:aws-cn:iam::222222222222:role/lookup';
    expect(asked[0]).toMatchObject({ name: 'AssumeRole', input: { RoleArn: role, ExternalId: 'reader' } });
    expect(asked[1]).toEqual({
      name: 'DescribeChangeSet',
      input: { StackName: 'Prod-Orders', ChangeSetName: 'cdkpipe' },
      region: 'us-east-1',
      as: role,
    });
    expect(asked.filter(({ name }) => name === 'GetTemplate').map(({ input }) => input)).toEqual([
      { StackName: 'arn:stack', TemplateStage: 'Processed' },
      { StackName: 'arn:stack', ChangeSetName: 'arn:set', TemplateStage: 'Processed' },
    ]);
  });

  it('answers with the digest, what concerns a person, and the texts that were asked for', () => {
    const { answer, variables } = call('review', { do: 'report', of: 'prod' });
    expect(answer).toMatchObject({ name: 'PutJobSuccessResult', input: { jobId: 'job-1' } });
    expect(variables).toEqual({
      Digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      Changes: 'yes',
      Permissions: 'no',
      Stateful: 'yes',
      Summary200:
        '1 of 1 stack: 1 to delete. DATA AT RISK in Prod-Orders: Table (AWS::DynamoDB::Table) would be deleted. Prod-Orders: -Table.',
      Findings150: 'DATA AT RISK in Prod-Orders: Table (AWS::DynamoDB::Table) would be deleted.',
    });
  });

  it('says so when nothing changes', () => {
    const told = { ...world, changeSets: { 'Prod-Orders': nothing } };
    const { variables } = call('review', { do: 'report', of: 'prod' }, told);
    expect(variables).toMatchObject({
      Changes: 'no',
      Permissions: 'no',
      Stateful: 'no',
      Summary200: 'Nothing changes.',
    });
  });

  it('names what is read only when the change set executes, and what an unchanged stack keeps', () => {
    const Value = { 'Fn::GetStackOutput': { StackName: 'Prod-Data', OutputName: 'Name' } };
    const taking = { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: Value } } } };
    const Changes = [
      { ResourceChange: { Action: 'Add', LogicalResourceId: 'Topic', ResourceType: 'AWS::SNS::Topic' } },
    ];
    const told = { changeSets: { 'Prod-Orders': { ...changeSet, Changes } }, before: {}, after: taking };
    expect(call('review', { do: 'report', of: 'prod' }, told).variables.Summary200).toBe(
      '1 of 1 stack: 1 to add. READ ONLY WHEN EXECUTING, NOT IN THE DIGEST: Prod-Orders takes Name of Prod-Data. Prod-Orders: +Topic.',
    );
    const unchanged = { changeSets: { 'Prod-Orders': nothing }, before: taking };
    expect(call('review', { do: 'report', of: 'prod' }, unchanged).variables.Summary200).toBe(
      'Nothing changes. NOT READ AGAIN: Prod-Orders keeps Name of Prod-Data as it read it before.',
    );
  });

  it('leaves a change set that is not there to a person', () => {
    const { variables } = call('review', { do: 'report', of: 'prod' }, { ...world, changeSets: {} });
    expect(variables).toMatchObject({ Changes: 'yes', Permissions: 'yes' });
  });

  it.each<[string, ReviewRequest | string, object, string]>([
    ['it may not read', { do: 'report', of: 'prod' }, { ...world, denied: true }, 'not allowed to assume'],
    [
      'a change set failed',
      { do: 'report', of: 'prod' },
      { ...world, changeSets: { 'Prod-Orders': { ...changeSet, Status: 'FAILED', StatusReason: 'no' } } },
      'the change set of Prod-Orders is FAILED: no',
    ],
    ['it knows no such review', { do: 'report', of: 'beta' }, world, 'nothing to review that is called beta'],
    ['it is asked in no language it knows', '{', world, 'JSON'],
    ['it is asked to pass', { do: 'pass' } as ReviewRequest, world, 'does not pass'],
  ])('fails the action when %s', (_title, request, told, message) => {
    const { answer } = call('review', request, told);
    expect(answer?.name).toBe('PutJobFailureResult');
    expect(answer?.input).toMatchObject({ failureDetails: { message: expect.stringContaining(message) } });
  });

  it('verifies the change sets that were reviewed, and no others', () => {
    const { variables } = call('review', { do: 'report', of: 'prod' });
    const verify = { do: 'verify', of: 'prod', digest: variables.Digest ?? '' } as const;
    expect(call('review', verify).answer?.name).toBe('PutJobSuccessResult');
    const replaced = { ...world, changeSets: { 'Prod-Orders': { ...changeSet, ChangeSetId: 'arn:other' } } };
    const { answer } = call('review', verify, replaced);
    expect(answer?.name).toBe('PutJobFailureResult');
    expect(answer?.input).toMatchObject({
      failureDetails: { message: expect.stringContaining('not those that were reviewed') },
    });
  });

  it('is told apart from the function that passes approvals', () => {
    const { answer } = call('pass', { do: 'report', of: 'prod' });
    expect(answer?.input).toMatchObject({ failureDetails: { message: 'this function does not report' } });
  });

  const waiting = {
    stageStates: [
      {
        stageName: 'Prod',
        latestExecution: { pipelineExecutionId: 'run-1' },
        actionStates: [
          { actionName: 'Look', latestExecution: { status: 'InProgress', token: 't' } },
          { actionName: 'Look@Pass', latestExecution: { status: 'InProgress' } },
          { actionName: 'Report', latestExecution: { status: 'Succeeded', actionExecutionId: 'report-1' } },
        ],
      },
    ],
  };
  const history = (Changes: string) => ({
    first: { actionExecutionDetails: [{ actionExecutionId: 'other' }], nextToken: 'first' },
    second: {
      actionExecutionDetails: [
        { actionExecutionId: 'report-1', status: 'Succeeded', output: { outputVariables: { Changes } } },
      ],
    },
  });
  const request = { do: 'pass', of: 'Look', execution: 'run-1' } as const;

  it('passes the approval that waits', () => {
    const { asked, answer } = call('pass', request, { ...world, state: waiting, history: history('no') });
    expect(asked.filter(({ name }) => name === 'ListActionExecutions').map(({ input }) => input)).toEqual([
      { pipelineName: 'orders', filter: { pipelineExecutionId: 'run-1' }, maxResults: 100 },
      { pipelineName: 'orders', filter: { pipelineExecutionId: 'run-1' }, maxResults: 100, nextToken: 'first' },
    ]);
    expect(asked.find(({ name }) => name === 'PutApprovalResult')?.input).toEqual({
      pipelineName: 'orders',
      stageName: 'Prod',
      actionName: 'Look',
      token: 't',
      result: { status: 'Approved', summary: 'Passed by cdkpipe: nothing changes' },
    });
    expect(answer?.name).toBe('PutJobSuccessResult');
  });

  it.each([
    ['an event that says itself that nothing concerns a person', { ...request, unless: { changes: 'no' } }],
    [
      'the whole request of an earlier version',
      { ...request, pipeline: 'orders', stage: 'Prod', action: 'Look', unless: { changes: 'no' } },
    ],
  ])('believes no forged call: %s', (_title, forged) => {
    const told = { ...world, state: waiting, history: history('yes') };
    const { asked, answer } = call('pass', JSON.stringify(forged), told);
    expect(asked.map(({ name }) => name)).not.toContain('PutApprovalResult');
    expect(answer?.input).toMatchObject({
      executionDetails: { summary: 'A person decides: the change sets hold changes' },
    });
  });

  const topic = 'arn:aws:sns:eu-west-1:111111111111:people';

  it('notifies nobody of an approval that it passes', () => {
    const told = { ...world, state: waiting, history: history('no') };
    const { asked, answer } = call('pass', { ...request, topic }, told);
    expect(asked.map(({ name }) => name)).not.toContain('Publish');
    expect(answer?.name).toBe('PutJobSuccessResult');
  });

  it('notifies the topic of the step, in its region, of an approval that it leaves to a person', () => {
    const told = { ...world, state: waiting, history: history('yes') };
    const { asked, answer } = call('pass', { ...request, topic }, told);
    const published = asked.find(({ name }) => name === 'Publish');
    expect(published).toMatchObject({
      region: 'eu-west-1',
      input: { TopicArn: topic, Subject: 'Approval needed: orders', MessageStructure: 'json' },
    });
    const messages = JSON.parse(String(published?.input.Message));
    expect(messages.email).toBe(
      'The action Look in the stage Prod of the pipeline orders waits for a decision (execution run-1). ' +
        'A person decides: the change sets hold changes. See https://console.example.com/orders',
    );
    expect(JSON.parse(messages.default)).toEqual({
      consoleLink: 'https://console.example.com/orders',
      approval: {
        pipelineName: 'orders',
        stageName: 'Prod',
        actionName: 'Look',
        customData: 'A person decides: the change sets hold changes',
      },
    });
    expect(answer?.name).toBe('PutJobSuccessResult');
  });

  it('fails the action where people could not be notified, so that no decision waits unnoticed', () => {
    const told = { ...world, state: waiting, history: history('yes'), muted: true };
    const { answer } = call('pass', { ...request, topic }, told);
    expect(answer?.name).toBe('PutJobFailureResult');
    expect(answer?.input).toMatchObject({
      failureDetails: {
        message: expect.stringMatching(/^A person decides: .*, and people could not be notified: .*not authorized/),
      },
    });
  });

  it.each(['Else', 'constructor', '__proto__'])('passes nothing that is not in its code: %s', (of) => {
    const { asked, answer } = call('pass', { ...request, of }, { ...world, state: waiting, history: history('no') });
    expect(asked.map(({ name }) => name)).toEqual(['PutJobFailureResult']);
    expect(answer?.input).toMatchObject({ failureDetails: { message: expect.stringContaining(of) } });
  });
});
