/** The function that runs an author's file: its code, its role and its logs. */

import type { CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import type { PolicyStatement } from '@cdkpipe/core';
import type * as awsLambda from 'aws-cdk-lib/aws-lambda';
import type * as awsLogs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { writeFunctionArn } from './function-arn.ts';
import type { StagedCode } from './stage-bundle.ts';

export interface CheckFunction {
  readonly name: string;
  readonly arn: string;
}

export interface CheckFunctionSettings {
  readonly code: StagedCode;
  /** Minutes. */
  readonly timeout: number;
  /** JSON of the payload with places for outputs. */
  readonly template: string;
  /** Physical name, where the pipeline's stack cannot refer to the function; else CloudFormation makes one. */
  readonly name?: string;
  /** What the function may do beyond its own needs. */
  readonly rolePolicy: readonly PolicyStatement[];
}

export function makeCheckFunction(
  scope: Construct,
  { code, timeout, template, name, rolePolicy }: CheckFunctionSettings,
  context: CodePipelineContext,
): CheckFunction {
  const lambda = context.cdk.require('aws-cdk-lib/aws-lambda') as typeof awsLambda;
  const logs = context.cdk.require('aws-cdk-lib/aws-logs') as typeof awsLogs;
  const logGroup = new logs.CfnLogGroup(scope, 'Logs', { retentionInDays: 90 });
  const role = context.serviceRole(scope, 'Role', 'lambda.amazonaws.com', [
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.attrArn],
      reason: 'write its own log',
    },
    {
      actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
      resources: ['*'],
      reason: 'report what it decided',
      wildcard: 'CodePipeline takes these actions for no narrower resource',
      policy: 'ReportJobs',
    },
    ...rolePolicy.map(({ effect, actions, resources, conditions }) => ({
      effect,
      actions,
      resources,
      ...(conditions ? { conditions } : {}),
      reason: 'the definition asks for it (rolePolicy)',
    })),
  ]);
  const check = new lambda.CfnFunction(scope, 'Function', {
    ...(name === undefined ? {} : { functionName: name }),
    code: { ...code },
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    role: role.arn,
    timeout: timeout * 60,
    memorySize: 512,
    environment: { variables: { CDKPIPE_PAYLOAD: template } },
    loggingConfig: { logGroup: logGroup.ref },
  });
  // CodePipeline calls asynchronously, and Lambda would run a check that crashed again.
  new lambda.CfnEventInvokeConfig(scope, 'OnlyOnce', {
    functionName: check.ref,
    qualifier: '$LATEST',
    maximumRetryAttempts: 0,
  });
  return name === undefined
    ? { name: check.ref, arn: check.attrArn }
    : { name, arn: writeFunctionArn({ ...context.env, name }, context.partition) };
}
