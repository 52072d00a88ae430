/** What a CloudFormation action calls with its role, and CloudFormation with the role that it is passed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Env, Json } from '../cloud/template.test.fixture.ts';
import { keyRow, readRows, type Store, storeIn } from './artifacts.test.fixture.ts';
import { assumedBy, callsOf, type Life, type LifeCall, type Row } from './life-call.test.fixture.ts';

const byMode: Readonly<Record<string, readonly string[]>> = {
  CHANGE_SET_REPLACE: [
    'cloudformation:DescribeStacks',
    'cloudformation:DescribeChangeSet',
    'cloudformation:DeleteChangeSet',
    'cloudformation:CreateChangeSet',
  ],
  CHANGE_SET_EXECUTE: [
    'cloudformation:DescribeStacks',
    'cloudformation:DescribeChangeSet',
    'cloudformation:ExecuteChangeSet',
    'cloudformation:DescribeStackEvents',
  ],
  CREATE_UPDATE: [
    'cloudformation:DescribeStacks',
    'cloudformation:CreateStack',
    'cloudformation:UpdateStack',
    'cloudformation:DescribeStackEvents',
  ],
};

export function deployCalls(action: Json, role: string, env: Env, life: Life): LifeCall[] {
  const { ActionMode, StackName, RoleArn, TemplatePath } = action.Configuration;
  const actions = byMode[ActionMode];
  if (!actions) throw new Error(`what CloudFormation does for ${ActionMode} is not known here`);
  const rows: Row[] = [{ actions, on: stackArn(env, StackName), source: 'cloudFormationAction' }];
  const store = storeIn(life, env.region);
  const inputs: string[] = (action.InputArtifacts ?? []).map(({ Name }: Json) => Name);
  if (TemplatePath !== undefined)
    rows.push(
      ...inputs.flatMap((input) => readRows(life, store, input)),
      ...describeKeyRows(life, store),
      // CDK's own policies of artifact buckets grant these beside, and so do AWS's examples.
      { actions: ['s3:GetBucketLocation', 's3:ListBucket'], on: store.bucketArn, source: 'crossAccount' },
      ...templateRows(life.assembly, TemplatePath, env),
    );
  if (RoleArn !== undefined) rows.push(passRow(RoleArn));
  return [
    ...callsOf(`the deploy action ${action.Name}`, { role }, rows),
    ...(RoleArn === undefined ? [] : executedAs(RoleArn, env, StackName)),
  ];
}

/** AWS's example lists it for the role of an action in another account; the CDK's roles may do it through S3 only. */
function describeKeyRows({ cloud }: Life, store: Store): Row[] {
  return store.keyName === undefined ? [] : [{ ...keyRow(cloud, store, ['kms:DescribeKey']), source: 'crossAccount' }];
}

export function stackArn({ account, region }: Env, name: string): string {
  return `arn:aws:cloudformation:${region}:${account}:stack/${name}/1b2c3d4e`;
}

export function passRow(role: string): Row {
  return {
    actions: 'iam:PassRole',
    on: role,
    with: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
    source: 'passRole',
  };
}

export function executedAs(role: string, env: Env, stack: string): LifeCall[] {
  return assumedBy('cloudformation.amazonaws.com', role, {
    sourceArn: stackArn(env, stack),
    source: 'executionRole',
    sendsKeys: false,
  });
}

/** CloudFormation reads parameters of Systems Manager as whoever makes the change set. */
export function templateRows(assembly: string, templatePath: string, env: Env): Row[] {
  const [, file = templatePath] = templatePath.split('::');
  const { Parameters = {} } = JSON.parse(readFileSync(join(assembly, file), 'utf8'));
  const read = Object.values<Json>(Parameters).filter(({ Type }) => Type.startsWith('AWS::SSM::Parameter::Value'));
  return read.map(({ Default }) => ({
    actions: 'ssm:GetParameters',
    on: `arn:aws:ssm:${env.region}:${env.account}:parameter${Default}`,
    source: 'cdkBootstrap',
  }));
}
