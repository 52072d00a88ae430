import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssembledStack } from '@cdkpipe/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sayChanges } from '../contract/change-summary.ts';
import type { StackTarget } from '../contract/deployer.ts';
import { rehearsalDeployer } from './rehearsal.ts';
import type { Template } from './template-diff.ts';

const tools = { signal: new AbortController().signal, log: () => {}, sleep: async () => {} };

function makeRehearsal(outputs: Record<string, Record<string, string>> = {}, against?: string) {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-rehearsal-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const rehearsal = { outputs, ...(against === undefined ? {} : { against }) };
  const deployer = rehearsalDeployer({
    store: join(directory, '.cdkpipe'),
    pipeline: 'shop',
    projectDirectory: directory,
    rehearsal,
  });
  let number = 0;
  const target = (template: Template, run = `r${number}`): StackTarget => {
    const assemblyDirectory = join(directory, `out-${number++}`);
    mkdirSync(assemblyDirectory);
    const templateFile = join(assemblyDirectory, 'Api.template.json');
    writeFileSync(templateFile, JSON.stringify(template));
    const properties = { templateFile: 'Api.template.json', stackName: 'Prod-Api' };
    const environment = 'aws://222222222222/eu-west-1';
    const artifacts = { Artifact: { type: 'aws:cloudformation:stack', environment, properties } };
    writeFileSync(join(assemblyDirectory, 'manifest.json'), JSON.stringify({ artifacts }));
    const stack = {
      id: 'Api',
      stackName: 'Prod-Api',
      env: { account: '222222222222', region: 'eu-west-1' },
      templateFile: 'Api.template.json',
      imports: [] as AssembledStack['imports'],
    } as AssembledStack; // The rehearsal looks at nothing else of a stack.
    return { run, node: 'n', deployment: 'Prod', stack, assemblyDirectory, templateFile, deployedTogether: [] };
  };
  return { directory, deployer, target };
}

const topic = (properties: Record<string, unknown>) => ({
  Topic: { Type: 'AWS::SNS::Topic', Properties: properties },
});

describe('a rehearsal', () => {
  test('shows what would change since what was rehearsed last, property by property', async () => {
    const { deployer, target } = makeRehearsal();
    const first = target({ Resources: { ...topic({ TopicName: 'a' }), Queue: { Type: 'AWS::SQS::Queue' } } });
    const prepared = await deployer.prepare(first, tools);
    expect(prepared.changes).toMatchObject({ isNew: true });
    expect(sayChanges(prepared.changes)).toBe('2 to add');
    await deployer.execute(first, prepared, tools);

    const second = target({
      Resources: { ...topic({ TopicName: 'b' }), Role: { Type: 'AWS::IAM::Role' } },
      Outputs: { Url: { Value: 'x' } },
    });
    const again = await deployer.prepare(second, tools);
    expect(again.changes).toEqual({
      isNew: false,
      findings: [
        { concern: 'stateful', stack: 'Api', resource: 'Queue', text: 'Queue (AWS::SQS::Queue) would be deleted' },
      ],
      others: ['Outputs.Url'],
      resources: [
        { logicalId: 'Queue', resourceType: 'AWS::SQS::Queue', action: 'remove', properties: [] },
        { logicalId: 'Role', resourceType: 'AWS::IAM::Role', action: 'add', properties: [] },
        { logicalId: 'Topic', resourceType: 'AWS::SNS::Topic', action: 'replace', properties: ['TopicName'] },
      ],
    });
    expect(again.digest).not.toBe(prepared.digest);
    expect((await deployer.prepare(second, tools)).digest).toBe(again.digest);
  });

  test('compares with a given assembly where the definition names one', async () => {
    const { deployer, target } = makeRehearsal({}, 'out-0');
    target({ Resources: topic({ TopicName: 'a' }) });
    const { changes } = await deployer.prepare(target({ Resources: topic({ TopicName: 'a' }) }), tools);
    expect(sayChanges(changes)).toBe('no changes');
  });

  test('gives outputs that the template spells out, and those of the definition before them', async () => {
    const { deployer, target } = makeRehearsal({ 'Prod/Api': { Url: 'http://localhost', Name: 'given' } });
    const { outputs } = await deployer.execute(
      target({
        Outputs: {
          Name: { Value: 'literal' },
          Port: { Value: 80 },
          Region: { Value: { 'Fn::Join': ['-', ['in', { Ref: 'AWS::Region' }]] } },
          Url: { Value: { 'Fn::GetAtt': ['Api', 'Url'] } },
          Arn: { Value: { Ref: 'Topic' } },
        },
      }),
      undefined,
      tools,
    );
    expect(outputs).toEqual({ Name: 'given', Port: '80', Region: 'in-eu-west-1', Url: 'http://localhost' });
  });

  test('takes back what it did, also when it was cut in the middle and done again', async () => {
    const { deployer, target } = makeRehearsal();
    const old = target({ Resources: topic({ TopicName: 'old' }) });
    await deployer.execute(old, undefined, tools);
    const fresh = target({ Resources: topic({ TopicName: 'new' }) }, 'next');
    const executed = await deployer.execute(fresh, undefined, tools);
    expect(executed.summary).toBe('recorded: 1 to replace');
    expect(await deployer.execute(fresh, undefined, tools)).toEqual(executed);
    expect(await deployer.rollback(fresh, tools)).toMatchObject({ outcome: 'restored' });
    expect(await deployer.rollback(fresh, tools)).toMatchObject({ outcome: 'unchanged' });
    expect(sayChanges((await deployer.prepare(old, tools)).changes)).toBe('no changes');
  });

  test('keeps on the way back what a real run would keep: a stack that it created, and one that changed since', async () => {
    const { deployer, target } = makeRehearsal();
    const first = target({ Resources: topic({ TopicName: 'a' }) }, 'first');
    expect(await deployer.rollback(first, tools)).toMatchObject({ outcome: 'unchanged' });
    await deployer.execute(first, undefined, tools);
    expect(await deployer.rollback(first, tools)).toMatchObject({ outcome: 'kept' });
    const second = target({ Resources: topic({ TopicName: 'b' }) }, 'second');
    await deployer.execute(second, undefined, tools);
    await deployer.execute(target({ Resources: topic({ TopicName: 'c' }) }, 'third'), undefined, tools);
    await expect(deployer.rollback(second, tools)).rejects.toMatchObject({ code: 'ROLLBACK_OF_CHANGED_STACK' });
  });

  test('refuses to publish assets that are not there, and names each', async () => {
    const { deployer, target } = makeRehearsal();
    const { assemblyDirectory } = target({});
    const manifest = { files: { a: { source: { path: 'asset.a' } }, b: { source: { path: 'asset.b' } } } };
    writeFileSync(join(assemblyDirectory, 'Api.assets.json'), JSON.stringify(manifest));
    const env = { account: '222222222222', region: 'eu-west-1' };
    const publish = () =>
      deployer.publish({ run: 'r', node: 'n', env, assemblyDirectory, manifests: ['Api.assets.json'] }, tools);
    const missing = (asset: string) => ({
      code: 'ASSET_MISSING',
      message: `the asset ${asset} of Api.assets.json is not in the cloud assembly`,
    });
    await expect(publish()).rejects.toMatchObject({ problems: [missing('asset.a'), missing('asset.b')] });
    for (const asset of ['asset.a', 'asset.b']) writeFileSync(join(assemblyDirectory, asset), '');
    expect(await publish()).toBe('2 assets, all there');
  });
});

describe('a rehearsal fails where CloudFormation would', () => {
  const env = { account: '222222222222', region: 'eu-west-1' };
  const name = '/app/key';
  const made = {
    export: { Outputs: { Out: { Value: 'x', Export: { Name: name } } } },
    parameter: { Resources: { It: { Type: 'AWS::SSM::Parameter', Properties: { Name: name } } } },
    secret: { Resources: { It: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: name } } } },
    'key pair': { Resources: { It: { Type: 'AWS::EC2::KeyPair', Properties: { KeyName: name } } } },
    'security group': { Resources: { It: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupName: name } } } },
    macro: { Resources: { It: { Type: 'AWS::CloudFormation::Macro', Properties: { Name: name } } } },
    'resource type': {
      Resources: { It: { Type: 'AWS::CloudFormation::TypeActivation', Properties: { TypeName: name } } },
    },
    output: { Outputs: { [name]: { Value: 'x' } } },
  } as const;
  const ssmParameter = { Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: name } } };

  function takes(kind: keyof typeof made, readAt: 'prepare' | 'execute' = 'prepare', doubt?: string) {
    const { deployer, target, directory } = makeRehearsal();
    const data = { id: 'Data', stackName: 'Prod-Data', env, templateFile: 'Data.template.json', imports: [] } as never;
    const reading = (template: Template): StackTarget => {
      const api = target(template);
      const taken = { stack: 'Data', kind, value: name, readAt, ...(doubt === undefined ? {} : { doubt }) };
      return { ...api, stack: { ...api.stack, imports: [taken] }, deployedTogether: [data, api.stack] };
    };
    const execute = async (template: object) => {
      const plain = target(template as Template);
      await deployer.execute({ ...plain, stack: data }, undefined, tools);
    };
    return { deployer, reading, execute, directory };
  }

  test.each([
    ['export', {}, 'No export named /app/key found.'],
    ['parameter', {}, 'Parameters: [ssm:/app/key] cannot be found.'],
    ['parameter', ssmParameter, 'Unable to fetch parameters [/app/key] from parameter store for this account.'],
    ['secret', {}, "Secrets Manager can't find the specified secret"],
    ['key pair', {}, 'the key pair /app/key does not exist'],
    ['security group', {}, 'the security group /app/key does not exist'],
    ['macro', {}, 'No transform named /app/key found.'],
    ['resource type', {}, 'Unrecognized resource types: [/app/key]'],
  ] as const)('when a change set reads the %s of a stack that has not executed', async (kind, template, reason) => {
    const { deployer, reading, execute } = takes(kind);
    await expect(deployer.prepare(reading(template), tools)).rejects.toMatchObject({
      code: 'CHANGE_SET_FAILED',
      message: expect.stringContaining(reason),
      fix: expect.stringContaining('Data'),
    });
    await execute({ Resources: topic({}) });
    await expect(deployer.prepare(reading(template), tools)).rejects.toMatchObject({ code: 'CHANGE_SET_FAILED' });
    await execute(made[kind]);
    await expect(deployer.prepare(reading(template), tools)).resolves.toBeDefined();
  });

  test('only when it executes, where the value is an output that is read then', async () => {
    const { deployer, reading, execute } = takes('output', 'execute');
    const prepared = await deployer.prepare(reading({}), tools);
    const failed = {
      code: 'STACK_FAILED',
      message: expect.stringContaining('the stack Prod-Data has no output /app/key'),
    };
    await expect(deployer.execute(reading({}), prepared, tools)).rejects.toMatchObject(failed);
    await execute(made.output);
    await expect(deployer.execute(reading({}), prepared, tools)).resolves.toBeDefined();
  });

  test('when it executes without a change set', async () => {
    const { deployer, reading } = takes('export');
    await expect(deployer.execute(reading({}), undefined, tools)).rejects.toMatchObject({ code: 'STACK_FAILED' });
  });

  test('but not for a value of which nobody knows who makes it', async () => {
    const { deployer, reading } = takes('parameter', 'prepare', 'a custom resource may make it');
    await expect(deployer.prepare(reading({}), tools)).resolves.toBeDefined();
  });
});

test('a rehearsal names what is read only when the change set executes', async () => {
  const { deployer, target } = makeRehearsal();
  const reference = { 'Fn::GetStackOutput': { StackName: 'Prod-Data', OutputName: 'Name' } };
  const taking = target({ Resources: topic({ TopicName: reference }) });
  const prepared = await deployer.prepare(taking, tools);
  expect(prepared.changes.lateValues).toEqual([
    'READ ONLY WHEN EXECUTING, NOT IN THE DIGEST: Api takes Name of Prod-Data.',
  ]);
  await deployer.execute(taking, prepared, tools);
  const { changes } = await deployer.prepare(target({ Resources: topic({ TopicName: reference }) }), tools);
  expect(changes.lateValues).toEqual(['NOT READ AGAIN: Api keeps Name of Prod-Data as it read it before.']);
});
