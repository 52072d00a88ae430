/** What Lambda and a function call with the function's role. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployedResource, Env, Json } from '../cloud/template.test.fixture.ts';
import { stackArn } from './deploy-actions.test.fixture.ts';
import { assumedBy, assumes, callsOf, type Life, type LifeCall, type Row } from './life-call.test.fixture.ts';
import { publishRows } from './topics.test.fixture.ts';

/** Each time a function runs. */
export function functionCalls({ names, properties: { Role, LoggingConfig } }: DeployedResource, env: Env): LifeCall[] {
  const { LogGroup } = LoggingConfig;
  const stream = `arn:aws:logs:${env.region}:${env.account}:log-group:${LogGroup}:log-stream:2026/11/29/[$LATEST]1a2b`;
  return [
    ...assumedBy('lambda.amazonaws.com', Role, { sourceArn: names.arn ?? '', source: 'lambdaRole', sendsKeys: false }),
    ...callsOf(`the function ${names.ref} writes its log`, { role: Role }, [
      { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: stream, source: 'lambdaLogs' },
    ]),
  ];
}

/** A function that an action invokes answers the job, whose ID no resource stands for. */
export function jobCalls({ names, properties }: DeployedResource): LifeCall[] {
  return callsOf(`the function ${names.ref} answers its job`, { role: properties.Role }, [
    {
      actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
      on: '*',
      source: 'codePipelineActions',
    },
  ]);
}

/** What the function does for the text that the action hands it, where it is one of cdkpipe's own. */
export function requestCalls(fn: DeployedResource, userParameters: string | undefined, life: Life): LifeCall[] {
  const { Handler } = fn.properties;
  if (Handler !== 'index.review' && Handler !== 'index.pass') return [];
  const request = JSON.parse(userParameters ?? '{}');
  return Handler === 'index.pass' ? passCalls(fn, request, life) : reviewCalls(fn, request.of, life);
}

function passCalls(fn: DeployedResource, request: Json, life: Life): LifeCall[] {
  const { arn } = life.pipeline;
  const { stage, action } = readBeside(fn, life, 'passes.json')[request.of];
  const role = { role: fn.properties.Role };
  return [
    ...approveCalls(fn, arn, `${arn}/${stage}/${action}`),
    ...callsOf(`the function ${fn.names.ref} reads the report`, role, [
      { actions: 'codepipeline:ListActionExecutions', on: arn, source: 'codePipelineActions' },
    ]),
    ...(request.topic === undefined
      ? []
      : callsOf(`the function ${fn.names.ref} notifies people`, role, publishRows(request.topic, life.cloud))),
  ];
}

function approveCalls({ names, properties }: DeployedResource, pipeline: string, action: string): LifeCall[] {
  return callsOf(`the function ${names.ref} approves ${action}`, { role: properties.Role }, [
    { actions: 'codepipeline:GetPipelineState', on: pipeline, source: 'codePipelineActions' },
    { actions: 'codepipeline:PutApprovalResult', on: action, source: 'approval' },
  ]);
}

function reviewCalls(fn: DeployedResource, of: string, life: Life): LifeCall[] {
  const role = fn.properties.Role;
  const reviewed: Json[] = readBeside(fn, life, 'reviews.json')[of]?.stacks ?? [];
  if (reviewed.length === 0) throw new Error(`the function has nothing to review for ${of}`);
  return reviewed.flatMap(({ name, region, roleArn, externalId }) => {
    const reader = roleArn.replaceAll('${AWS::Partition}', 'aws');
    const env = { account: reader.split(':')[4], region };
    const context = externalId === undefined ? {} : { 'sts:ExternalId': externalId };
    return [
      ...assumes(role, reader, 'ours', context),
      ...callsOf(`the review reads ${name}`, { role: reader }, [
        {
          actions: ['cloudformation:DescribeChangeSet', 'cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
          on: stackArn(env, name),
          source: 'changeSets',
        },
      ]),
    ];
  });
}

/** A file that is deployed beside the code, found by the hash in the asset's name. */
function readBeside({ properties: { Code } }: DeployedResource, { assembly }: Life, file: string): Json {
  const directory = `asset.${String(Code.S3Key).replace(/\.zip$/, '')}`;
  return JSON.parse(readFileSync(join(assembly, directory, file), 'utf8'));
}

/** A window's function approves when it opens, whoever calls it. */
export function windowCalls(fn: DeployedResource, life: Life): LifeCall[] {
  const settings = fn.properties.Environment?.Variables?.CDKPIPE_WINDOW;
  if (settings === undefined) return [];
  const { pipeline, stage, action } = JSON.parse(settings);
  const { account, region } = life.home;
  const arn = `arn:aws:codepipeline:${region}:${account}:${pipeline}`;
  return approveCalls(fn, arn, `${arn}/${stage}/${action}`);
}

/** A bake asks CloudWatch for alarms by name; of composite ones only whoever may ask for all is told. */
export function bakeCalls(fn: DeployedResource): LifeCall[] {
  const payload = fn.properties.Environment?.Variables?.CDKPIPE_PAYLOAD ?? '';
  if (!/"alarms":\["/.test(payload)) return [];
  const rows: Row[] = [
    { actions: ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'], on: '*', source: 'cloudWatch' },
  ];
  return callsOf(`the bake ${fn.names.ref} reads alarms`, { role: fn.properties.Role }, rows);
}
