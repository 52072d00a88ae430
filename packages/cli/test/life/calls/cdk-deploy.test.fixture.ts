/** What `cdk deploy --require-approval never` calls for one stack, whoever runs it: a person, or the update project. */
import type { Cloud } from '../cloud/cloud.test.fixture.ts';
import type { Caller } from '../iam/policy.test.fixture.ts';
import { executedAs, passRow, stackArn } from './deploy-actions.test.fixture.ts';
import { callsOf, type LifeCall } from './life-call.test.fixture.ts';
import { readJson, type StackArtifact } from './manifest.test.fixture.ts';
import { publishCalls } from './publishing.test.fixture.ts';

export function cdkDeployCalls(caller: Caller, stack: StackArtifact, assembly: string, cloud: Cloud): LifeCall[] {
  const { name, env, deployRole, executionRole, version, assets } = stack;
  const on = stackArn(env, name);
  const calls = ['DescribeStacks', 'GetTemplate', 'CreateChangeSet', 'DescribeChangeSet', 'DeleteChangeSet'];
  const actions = [...calls, 'ExecuteChangeSet', 'DescribeStackEvents'].map((each) => `cloudformation:${each}`);
  return [
    ...callsOf(`cdk deploy ${name}`, caller, [{ actions: 'sts:AssumeRole', on: deployRole, source: 'cdkDeploy' }]),
    ...assets.flatMap((manifest) => publishCalls(caller, readJson(assembly, manifest), cloud)),
    ...callsOf(`cdk deploy ${name}`, { role: deployRole }, [
      {
        actions: ['ssm:GetParameter', 'ssm:GetParameters'],
        on: `arn:aws:ssm:${env.region}:${env.account}:parameter${version}`,
        source: 'cdkBootstrap',
      },
      { actions, on, source: 'cdkDeploy' },
      passRow(executionRole),
    ]),
    ...executedAs(executionRole, env, name),
  ];
}
