/** The log of a CodeBuild project: a group of its own, which ends by itself and which only its role may write to. */
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Grant } from '../contract.ts';
import type { CdkModules } from '../modules.ts';

/** Days. A group that CodeBuild makes by itself is kept for ever. */
const retentionInDays = 365;

export function drawLog(cdk: CdkModules, scope: Construct): CfnLogGroup {
  return new cdk.logs.CfnLogGroup(scope, 'Log', { retentionInDays });
}

/** The ARN of a log group covers its streams. */
export function logGrant(log: CfnLogGroup): Grant {
  return {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [log.attrArn],
    reason: 'write its own log',
  };
}
