/** The function that approves, its role, and what calls it. */
import { readFileSync } from 'node:fs';
import type { CodePipelineContext, FunctionReference } from '@cdkpipe/backend-codepipeline';
import type * as awsEvents from 'aws-cdk-lib/aws-events';
import type * as awsLambda from 'aws-cdk-lib/aws-lambda';
import type * as awsScheduler from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { openingTimes } from './opening-times.ts';
import type { WindowSettings } from './runtime/window-function.ts';
import type { Schedule } from './schedule/schedule.ts';

/** Built beside the rest; small enough to stand in the template. */
const code = new URL('../dist/window-function.cjs', import.meta.url);

export function makeWindowFunction(scope: Construct, schedule: Schedule, context: CodePipelineContext): void {
  const approver = makeApprover(schedule, context);
  callWhenWanted(scope, approver, context);
  callWhenOpening(scope, approver, schedule, context);
}

function makeApprover(schedule: Schedule, context: CodePipelineContext): FunctionReference {
  const { pipeline, stage, name, pipelineArn, actionArn } = context.action;
  const settings: WindowSettings = { schedule, pipeline, stage, action: name };
  return context.makeFunction({
    code: readFileSync(code, 'utf8'),
    timeout: 1,
    env: { CDKPIPE_WINDOW: JSON.stringify(settings) },
    grants: [
      {
        actions: ['codepipeline:GetPipelineState'],
        resources: [pipelineArn],
        reason: 'see whether the approval is wanted',
      },
      { actions: ['codepipeline:PutApprovalResult'], resources: [actionArn], reason: 'give this one approval' },
    ],
  });
}

function callWhenWanted(scope: Construct, approver: FunctionReference, { cdk, action }: CodePipelineContext): void {
  const events = cdk.require('aws-cdk-lib/aws-events') as typeof awsEvents;
  const lambda = cdk.require('aws-cdk-lib/aws-lambda') as typeof awsLambda;
  const rule = new events.CfnRule(scope, 'Wanted', {
    eventPattern: {
      source: ['aws.codepipeline'],
      'detail-type': ['CodePipeline Action Execution State Change'],
      detail: { pipeline: [action.pipeline], stage: [action.stage], action: [action.name], state: ['STARTED'] },
    },
    targets: [{ id: 'Approver', arn: approver.arn }],
  });
  new lambda.CfnPermission(scope, 'WantedMayCall', {
    action: 'lambda:InvokeFunction',
    functionName: approver.arn,
    principal: 'events.amazonaws.com',
    sourceArn: rule.attrArn,
  });
}

function callWhenOpening(
  scope: Construct,
  approver: FunctionReference,
  schedule: Schedule,
  context: CodePipelineContext,
): void {
  const scheduler = context.cdk.require('aws-cdk-lib/aws-scheduler') as typeof awsScheduler;
  const { account, region } = context.pipelineEnv;
  const grants = [
    {
      actions: ['lambda:InvokeFunction'],
      resources: [approver.arn],
      reason: 'call the function when the window opens',
    },
  ];
  const role = context.serviceRole(scope, 'ScheduleRole', 'scheduler.amazonaws.com', grants, {
    // Of the group, never of a schedule: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    sourceArn: `arn:${context.partition}:scheduler:${region}:${account}:schedule-group/default`,
  });
  const call = (id: string, scheduleExpression: string) =>
    new scheduler.CfnSchedule(scope, id, {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression,
      scheduleExpressionTimezone: schedule.timeZone,
      target: { arn: approver.arn, roleArn: role.arn },
    });
  openingTimes(schedule).forEach((time, index) => {
    call(`Opening${index + 1}`, time);
  });
  // Events are delivered as best AWS can, and a clock that is put forward skips times: neither may leave a run waiting.
  call('Hourly', 'rate(1 hour)');
}
