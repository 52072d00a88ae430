import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findOwnStacks } from './own-stacks.ts';

function assembly(files: Readonly<Record<string, unknown>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-own-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), JSON.stringify(content));
  return directory;
}

const stack = (templateFile: string) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://111111111111/eu-west-1',
  properties: { templateFile, lookupRole: { arn: 'arn:aws:iam::111111111111:role/lookup' } },
});

test('the stacks of an assembly are read with their templates, and nothing that is nested in it', () => {
  const directory = assembly({
    'manifest.json': { artifacts: { Pipeline: stack('p.json'), 'assembly-Beta': { type: 'cdk:cloud-assembly' } } },
    'p.json': { Resources: {} },
  });
  expect(findOwnStacks(directory)).toEqual([
    {
      id: 'Pipeline',
      stackName: 'Pipeline',
      env: { account: '111111111111', region: 'eu-west-1' },
      template: { Resources: {} },
      lookupRoleArn: 'arn:aws:iam::111111111111:role/lookup',
    },
  ]);
});

test('a directory without a manifest is no assembly', () => {
  expect(findOwnStacks(assembly({}))).toBeUndefined();
});

test.each([[null], [[]], ['text'], [{ Resources: [] }], [{ Resources: { A: null } }], [{ Resources: { A: {} } }]])(
  '%j is refused as a template',
  (template) => {
    const directory = assembly({ 'manifest.json': { artifacts: { Pipeline: stack('p.json') } }, 'p.json': template });
    expect(() => findOwnStacks(directory)).toThrow('p.json is not a template');
  },
);
