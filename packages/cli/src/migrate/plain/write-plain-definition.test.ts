import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { ReadStack } from '../compare/read-assembly.ts';
import { groupStacks } from './group-stacks.ts';
import { writePlainDefinition } from './write-plain-definition.ts';

const stack = (id: string, place = '222222222222/eu-west-1', dependencies: string[] = []): ReadStack => ({
  id,
  artifact: id,
  name: id,
  dependencies,
  environment: `aws://${place}`,
  isOfStage: false,
  template: {},
  tags: {},
  terminationProtection: false,
});
const namesOf = (...stacks: ReadStack[]) =>
  groupStacks(stacks).map(({ name, stacks: own }) => `${name}: ${own.map(({ id }) => id).join(' ')}`);

test('one deployment for each environment, named by what the IDs of its stacks begin with', () => {
  const prod = '333333333333/eu-west-1';
  expect(namesOf(stack('Api'), stack('Data'))).toEqual(['App: Api Data']);
  expect(namesOf(stack('DevApi'), stack('ProdApi', prod), stack('DevData'), stack('ProdData', prod))).toEqual([
    'Dev: DevApi DevData',
    'Prod: ProdApi ProdData',
  ]);
  expect(namesOf(stack('Late/Deep'), stack('Api', prod))).toEqual(['Late: Late/Deep', 'Api: Api']);
  expect(namesOf(stack('api-dev'), stack('data-dev'), stack('api-prod', prod), stack('data-prod', prod))).toEqual([
    'eu-west-1: api-dev data-dev',
    'eu-west-1-2: api-prod data-prod',
  ]);
});

test('stacks of several environments that depend on each other are one deployment', () => {
  const certificate = stack('Certificate', '222222222222/us-east-1');
  const site = stack('Site', '222222222222/eu-west-1', ['Certificate']);
  expect(namesOf(certificate, stack('Other', '333333333333/eu-west-1'), site)).toEqual([
    'us-east-1: Certificate Site',
    'Other: Other',
  ]);
});

test('the command of the app stays one word for the shell, with the account that the app asks the cdk command for', () => {
  const command = `node -e 'console.log("$HOME")' bin/app.js`;
  const { text } = writePlainDefinition({
    name: 'orders',
    groups: groupStacks([stack('Api', 'unknown-account/unknown-region')]),
    remote: { source: 'codeCommit', repository: 'orders', branch: 'main' },
    usual: { account: '222222222222', region: 'eu-west-1' },
    install: ['npm ci'],
    run: 'npx',
    command,
    readsDefaults: true,
  });
  const [, literal = ''] = /\n\s+((["']).*cdk synth.*\2),\n/.exec(text) ?? [];
  const line = String(new Function(`return ${literal}`)());
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${line.replace(/^npx cdk/, '')}`], { encoding: 'utf8' });
  expect(words.trimEnd().split('\n')).toEqual([
    'synth',
    '--quiet',
    '--output',
    'cdk.out.app',
    '--app',
    `CDK_DEFAULT_ACCOUNT=222222222222 CDK_DEFAULT_REGION=eu-west-1 ${command}`,
  ]);
});
