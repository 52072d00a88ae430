/** Draws a function of Lambda with all that it needs. */
import type { Construct } from 'constructs';
import type { CdkModules } from '../aws/modules.ts';
import type { FunctionReference, FunctionSpec } from '../contract/function-spec.ts';
import type { Grant } from '../contract/grant.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import { drawLogGroup } from '../logs/draw-log-group.ts';
import { stageFiles } from './stage-files.ts';

export interface FunctionDrawing extends FunctionSpec {
  /** Said of its role. */
  readonly purpose: string;
  /** Physical name, where the pipeline's stack cannot refer to the function; else CloudFormation makes one. */
  readonly name?: string;
}

export function drawFunction(cdk: CdkModules, scope: Construct, spec: FunctionDrawing): FunctionReference {
  const { code, name, handler = 'handler', description, timeout, memory, env, answersJobs = false } = spec;
  const { account, region } = cdk.core.Stack.of(scope);
  const logs = drawLogGroup(cdk, scope, 'Logs', 90);
  const role = drawRole(cdk, scope, 'Role', {
    service: 'lambda.amazonaws.com',
    account,
    description: spec.purpose,
    statements: statementsOf([writeLog(logs.attrArn), ...(answersJobs ? [answerJobs] : []), ...(spec.grants ?? [])]),
  });
  const drawn = new cdk.lambda.CfnFunction(scope, 'Function', {
    ...(name === undefined ? {} : { functionName: name }),
    code: typeof code === 'string' ? { zipFile: code } : { ...stageFiles(cdk, scope, code) },
    handler: `index.${handler}`,
    runtime: 'nodejs24.x',
    role: role.attrArn,
    ...(description === undefined ? {} : { description }),
    timeout: timeout * 60,
    ...(memory === undefined ? {} : { memorySize: memory }),
    ...(env === undefined ? {} : { environment: { variables: { ...env } } }),
    loggingConfig: { logGroup: logs.ref },
  });
  if (answersJobs) callOnlyOnce(cdk, scope, drawn.ref);
  return name === undefined
    ? { name: drawn.ref, arn: drawn.attrArn }
    : { name, arn: `arn:${cdk.partition}:lambda:${region}:${account}:function:${name}` };
}

function writeLog(logGroup: string): Grant {
  return {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup],
    reason: 'write its own log',
  };
}

const answerJobs: Grant = {
  actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
  resources: ['*'],
  reason: 'report what it decided',
  wildcard: 'CodePipeline takes these actions for no narrower resource',
  policy: 'ReportJobs',
};

/** CodePipeline calls asynchronously, and Lambda would run again what has crashed; the job of that times out instead. */
function callOnlyOnce({ lambda }: CdkModules, scope: Construct, functionName: string): void {
  new lambda.CfnEventInvokeConfig(scope, 'OnlyOnce', { functionName, qualifier: '$LATEST', maximumRetryAttempts: 0 });
}
