/** The function that approves, its role, and what calls it. */
import { readFileSync } from 'node:fs';
import type { CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import type * as awsEvents from 'aws-cdk-lib/aws-events';
import type * as awsLambda from 'aws-cdk-lib/aws-lambda';
import type * as awsLogs from 'aws-cdk-lib/aws-logs';
import type * as awsScheduler from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { openingTimes } from './opening-times.ts';
import type { WindowSettings } from './runtime/window-function.ts';
import type { Schedule } from './schedule/schedule.ts';

/** Built beside the rest; small enough to stand in the template. */
const code = new URL('../dist/window-function.cjs', import.meta.url);

export function makeWindowFunction(scope: Construct, schedule: Schedule, context: CodePipelineContext): void {
  const approver = makeApprover(scope, schedule, context);
  callWhenWanted(scope, approver, context);
  callWhenOpening(scope, approver, schedule, context);
}

function makeApprover(scope: Construct, schedule: Schedule, context: CodePipelineContext): awsLambda.CfnFunction {
  const lambda = context.cdk.require('aws-cdk-lib/aws-lambda') as typeof awsLambda;
  const logs = context.cdk.require('aws-cdk-lib/aws-logs') as typeof awsLogs;
  const { pipeline, stage, name, pipelineArn, actionArn } = context.action;
  const settings: WindowSettings = { schedule, pipeline, stage, action: name };
  const logGroup = new logs.CfnLogGroup(scope, 'Logs', { retentionInDays: 90 });
  const role = context.serviceRole(scope, 'Role', 'lambda.amazonaws.com', [
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.attrArn],
      reason: 'write its own log',
    },
    {
      actions: ['codepipeline:GetPipelineState'],
      resources: [pipelineArn],
      reason: 'see whether the approval is wanted',
    },
    { actions: ['codepipeline:PutApprovalResult'], resources: [actionArn], reason: 'give this one approval' },
  ]);
  return new lambda.CfnFunction(scope, 'Function', {
    code: { zipFile: readFileSync(code, 'utf8') },
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    role: role.arn,
    timeout: 60,
    environment: { variables: { CDKPIPE_WINDOW: JSON.stringify(settings) } },
    loggingConfig: { logGroup: logGroup.ref },
  });
}

function callWhenWanted(scope: Construct, approver: awsLambda.CfnFunction, { cdk, action }: CodePipelineContext): void {
  const events = cdk.require('aws-cdk-lib/aws-events') as typeof awsEvents;
  const lambda = cdk.require('aws-cdk-lib/aws-lambda') as typeof awsLambda;
  const rule = new events.CfnRule(scope, 'Wanted', {
    eventPattern: {
      source: ['aws.codepipeline'],
      'detail-type': ['CodePipeline Action Execution State Change'],
      detail: { pipeline: [action.pipeline], stage: [action.stage], action: [action.name], state: ['STARTED'] },
    },
    targets: [{ id: 'Approver', arn: approver.attrArn }],
  });
  new lambda.CfnPermission(scope, 'WantedMayCall', {
    action: 'lambda:InvokeFunction',
    functionName: approver.attrArn,
    principal: 'events.amazonaws.com',
    sourceArn: rule.attrArn,
  });
}

function callWhenOpening(
  scope: Construct,
  approver: awsLambda.CfnFunction,
  schedule: Schedule,
  context: CodePipelineContext,
): void {
  const scheduler = context.cdk.require('aws-cdk-lib/aws-scheduler') as typeof awsScheduler;
  const role = context.serviceRole(scope, 'ScheduleRole', 'scheduler.amazonaws.com', [
    {
      actions: ['lambda:InvokeFunction'],
      resources: [approver.attrArn],
      reason: 'call the function when the window opens',
    },
  ]);
  const call = (id: string, scheduleExpression: string) =>
    new scheduler.CfnSchedule(scope, id, {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression,
      scheduleExpressionTimezone: schedule.timeZone,
      target: { arn: approver.attrArn, roleArn: role.arn },
    });
  openingTimes(schedule).forEach((time, index) => {
    call(`Opening${index + 1}`, time);
  });
  // Events are delivered as best AWS can, and a clock that is put forward skips times: neither may leave a run waiting.
  call('Hourly', 'rate(1 hour)');
}
