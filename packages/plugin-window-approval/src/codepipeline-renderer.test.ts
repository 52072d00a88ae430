import { createRequire } from 'node:module';
import type { CodePipelineContext, FunctionSpec, Grant, ServiceRoleOptions } from '@cdkpipe/backend-codepipeline';
import { type StepOf, unreachable } from '@cdkpipe/core';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { windowOnCodePipeline } from './codepipeline-renderer.ts';
import type { WindowOptions } from './options.ts';
import { runWindow } from './run-window.test.fixture.ts';

const require = createRequire(import.meta.url);
const pipelineEnv = { account: '111111111111', region: 'eu-west-1' };
const pipelineArn = 'arn:aws:codepipeline:eu-west-1:111111111111:orders';
const action = {
  pipeline: 'orders',
  stage: 'Prod.before',
  name: 'Before.Office',
  pipelineArn,
  actionArn: `${pipelineArn}/Prod.before/Before.Office`,
};
const options: WindowOptions = {
  open: ['Mon-Thu 09:00-16:00', 'Fri 09:00-12:00', 'Sat 22:30-24:00'],
  timeZone: 'Europe/Berlin',
  closed: ['2026-12-24/2027-01-02'],
};

/** Draws the step on a real CDK stack, with what the backend would give it. */
async function draw(given: WindowOptions = options) {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Pipeline', { env: pipelineEnv });
  const grants: Grant[] = [];
  const functions: FunctionSpec[] = [];
  const sources: (string | undefined)[] = [];
  const step: StepOf<WindowOptions> = {
    id: 'Prod:before/Office',
    name: 'Office',
    kind: 'window',
    position: 'wave',
    path: 'waves[0].before',
    options: given,
  };
  const context = {
    cdk: { version: '2', root: '', require },
    pipelineEnv,
    action,
    scopeIn: (env: unknown) => (env === pipelineEnv ? stack : unreachable('elsewhere')),
    partition: 'aws',
    serviceRole: (
      scope: Stack,
      id: string,
      service: string,
      granted: readonly Grant[],
      { sourceArn }: ServiceRoleOptions,
    ) => {
      grants.push(...granted);
      sources.push(sourceArn);
      const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
      return { arn: new CfnRole(scope, id, { assumeRolePolicyDocument: { Statement: [statement] } }).attrArn };
    },
    makeFunction(spec: FunctionSpec) {
      functions.push(spec);
      return { name: 'approver', arn: 'arn:approver' };
    },
  } as unknown as CodePipelineContext;
  const drawn = await windowOnCodePipeline.render(step, context);
  const [approver = unreachable('no function')] = functions;
  return { drawn, template: Template.fromStack(stack), grants, sources, approver, code: String(approver.code) };
}

describe('a window on CodePipeline', () => {
  it('is an approval that waits as long as CodePipeline can, and says when it opens', async () => {
    expect((await draw()).drawn).toEqual({
      category: 'Approval',
      provider: 'Manual',
      configuration: {
        CustomData:
          'Approved by itself when the window is open: Mon-Thu 09:00-16:00, Fri 09:00-12:00, Sat 22:30-24:00 (Europe/Berlin), closed 2026-12-24/2027-01-02.',
      },
      answeredBy: 'function',
      timeout: 86_400,
    });
    expect((await draw({ ...options, timeout: 60 })).drawn.timeout).toBe(60);
  });

  it('lets the scheduler take on its role for schedules of this account and region only', async () => {
    expect((await draw()).sources).toEqual(['arn:aws:scheduler:eu-west-1:111111111111:schedule-group/default']);
  });

  it('says no more than an approval can', async () => {
    const closed = Array.from({ length: 90 }, (_, day) => `20${10 + day}-01-01`);
    const { CustomData } = (await draw({ ...options, closed })).drawn.configuration;
    expect(CustomData).toHaveLength(1000);
  });

  it('has a function that may see this pipeline and give this one approval, and a schedule that may call it', async () => {
    const { approver, grants } = await draw();
    expect([...(approver.grants ?? []), ...grants].map(({ actions, resources }) => [actions, resources])).toEqual([
      [['codepipeline:GetPipelineState'], [pipelineArn]],
      [['codepipeline:PutApprovalResult'], [action.actionArn]],
      [['lambda:InvokeFunction'], ['arn:approver']],
    ]);
  });

  it('calls it when the approval is wanted', async () => {
    const { template } = await draw();
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.codepipeline'],
        'detail-type': ['CodePipeline Action Execution State Change'],
        detail: { pipeline: ['orders'], stage: ['Prod.before'], action: ['Before.Office'], state: ['STARTED'] },
      },
      Targets: [{ Arn: 'arn:approver' }],
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': ['Wanted', 'Arn'] },
    });
  });

  it('calls it at each opening on the clock of the time zone, and once an hour', async () => {
    const schedules = Object.values((await draw()).template.findResources('AWS::Scheduler::Schedule'));
    expect(
      schedules.map(({ Properties }) => [Properties.ScheduleExpression, Properties.ScheduleExpressionTimezone]),
    ).toEqual([
      ['cron(0 9 ? * 2,3,4,5,6 *)', 'Europe/Berlin'],
      ['cron(30 22 ? * 7 *)', 'Europe/Berlin'],
      ['rate(1 hour)', 'Europe/Berlin'],
    ]);
  });

  it('has code that fits into the template and an environment that fits into Lambda', async () => {
    const { approver, code } = await draw();
    expect(code.length).toBeLessThan(4096);
    expect(JSON.parse(approver.env?.CDKPIPE_WINDOW ?? '')).toMatchObject({
      pipeline: 'orders',
      stage: 'Prod.before',
      action: 'Before.Office',
      schedule: { timeZone: 'Europe/Berlin', closed: [{ first: '2026-12-24', last: '2027-01-02' }] },
    });
  });
});

describe('its function, as it stands in the template', () => {
  const state = (latestExecution: object) => ({
    stageStates: [
      {
        stageName: 'Prod',
        actionStates: [{ actionName: 'Before.Office', latestExecution: { status: 'InProgress', token: 'wrong' } }],
      },
      {
        stageName: 'Prod.before',
        actionStates: [{ actionName: 'Other' }, { actionName: 'Before.Office', latestExecution }],
      },
    ],
  });
  const always = {
    schedule: { timeZone: 'UTC', open: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 0, to: 1440 })), closed: [] },
  };
  const settings = { ...always, pipeline: 'orders', stage: 'Prod.before', action: 'Before.Office' };
  const look = { GetPipelineState: { name: 'orders' } };
  const approve = {
    PutApprovalResult: {
      pipelineName: 'orders',
      stageName: 'Prod.before',
      actionName: 'Before.Office',
      token: 'right',
      result: { status: 'Approved', summary: 'the window is open' },
    },
  };

  it.each<[string, object, string, unknown[]]>([
    ['approves exactly its own action', { status: 'InProgress', token: 'right' }, '', [look, approve]],
    ['leaves an action alone that waits no longer', { status: 'Succeeded', token: 'right' }, '', [look]],
    [
      'does not mind a person who was faster',
      { status: 'InProgress', token: 'right' },
      'ApprovalAlreadyCompletedException',
      [look, approve],
    ],
    [
      'fails where it may not approve',
      { status: 'InProgress', token: 'right' },
      'AccessDeniedException',
      [look, approve, { thrown: 'AccessDeniedException' }],
    ],
  ])('%s', async (_, latest, answer, calls) => {
    const { code } = await draw();
    expect(runWindow(code, settings, state(latest), answer)).toEqual(calls);
  });

  it('does nothing while the window is closed', async () => {
    const { code } = await draw();
    const never = { ...settings, schedule: { ...always.schedule, open: [] } };
    expect(runWindow(code, never, state({ status: 'InProgress', token: 'right' }))).toEqual([]);
  });
});
