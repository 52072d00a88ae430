import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssembledStack } from '@cdkpipe/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sayChanges } from './change-summary.ts';
import type { StackTarget } from './deployer.ts';
import { rehearsalDeployer } from './rehearsal.ts';
import type { Template } from './template-diff.ts';

const tools = { signal: new AbortController().signal, log: () => {}, sleep: async () => {} };

function makeRehearsal(outputs: Record<string, Record<string, string>> = {}, against?: string) {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-rehearsal-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const rehearsal = { outputs, ...(against === undefined ? {} : { against }) };
  const deployer = rehearsalDeployer({ store: join(directory, '.cdkpipe'), projectDirectory: directory, rehearsal });
  let number = 0;
  const target = (template: Template, run = `r${number}`): StackTarget => {
    const assemblyDirectory = join(directory, `out-${number++}`);
    mkdirSync(assemblyDirectory);
    const templateFile = join(assemblyDirectory, 'Api.template.json');
    writeFileSync(templateFile, JSON.stringify(template));
    const stack = {
      id: 'Api',
      env: { account: '222222222222', region: 'eu-west-1' },
      templateFile: 'Api.template.json',
    };
    // The rehearsal looks at nothing else of a stack.
    return { run, node: 'n', deployment: 'Prod', stack: stack as AssembledStack, assemblyDirectory, templateFile };
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
      findings: [{ concern: 'stateful', stack: 'Api', text: 'Queue (AWS::SQS::Queue) would be deleted' }],
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
