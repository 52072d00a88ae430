import { expect, test } from 'vitest';
import { compareStacks } from './compare-stacks.ts';
import type { ComparedStack } from './comparison.ts';
import { diffTemplates } from './diff-templates.ts';

const stack = (name: string, resources: object, more: Partial<ComparedStack> = {}): ComparedStack => ({
  name,
  environment: 'aws://222222222222/eu-west-1',
  template: { Resources: resources },
  tags: {},
  terminationProtection: false,
  ...more,
});
const bus = (Name: string, Metadata?: object) => ({
  Type: 'AWS::Events::EventBus',
  Properties: { Name },
  ...(Metadata && { Metadata }),
});
const compare = (old: ComparedStack[], now: ComparedStack[]) => compareStacks(old, now, diffTemplates);

test('paths and the metadata resource of the CDK are metadata; instructions of cfn-init are not', async () => {
  const path = { 'aws:cdk:path': 'Pipe/Beta/Api/Bus' };
  const init = { 'AWS::CloudFormation::Init': { config: {} } };
  const counted = { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2' } };
  const [same, metadata, different] = await compare(
    [
      stack('A', { Bus: bus('a') }),
      stack('B', { Bus: bus('b', path), CDKMetadata: counted }),
      stack('C', { Bus: bus('c', path) }),
    ],
    [stack('A', { Bus: bus('a') }), stack('B', { Bus: bus('b') }), stack('C', { Bus: bus('c', init) })],
  );
  expect([same, metadata, different].map((each) => each?.verdict)).toEqual(['same', 'metadata', 'different']);
});

test('replacements come first, then what is removed, added and updated', async () => {
  const queue = (DelaySeconds: number) => ({ Type: 'AWS::SQS::Queue', Properties: { DelaySeconds } });
  const [{ differences } = { differences: [] }] = await compare(
    [stack('A', { AQueue: queue(1), Gone: queue(1), ZBus: bus('a') })],
    [stack('A', { AQueue: queue(2), New: queue(1), ZBus: bus('b') })],
  );
  expect(differences).toEqual([
    { effect: 'replace', id: 'ZBus', type: 'AWS::Events::EventBus', properties: ['Name'] },
    { effect: 'remove', id: 'Gone', type: 'AWS::SQS::Queue', properties: [] },
    { effect: 'add', id: 'New', type: 'AWS::SQS::Queue', properties: [] },
    { effect: 'update', id: 'AQueue', type: 'AWS::SQS::Queue', properties: ['DelaySeconds'] },
  ]);
});

test('the same name in another region is another stack', async () => {
  const there = stack('A', {}, { environment: 'aws://222222222222/us-east-1' });
  const comparisons = await compare([stack('A', {})], [there]);
  expect(comparisons.map(({ environment, verdict }) => [environment, verdict])).toEqual([
    ['aws://222222222222/eu-west-1', 'missing'],
    ['aws://222222222222/us-east-1', 'added'],
  ]);
});

test('tags and termination protection count, as do sections that no library compares', async () => {
  const [tagged, odd] = await compare(
    [stack('A', {}, { tags: { team: 'a' }, terminationProtection: true }), stack('B', {})],
    [stack('A', {}), stack('B', {}, { template: { Resources: {}, Rules: { Only: {} } } })],
  );
  expect(tagged?.differences.map(({ id }) => id)).toEqual(['tags of the stack', 'termination protection']);
  expect(odd).toMatchObject({ verdict: 'different', differences: [{ effect: 'other' }] });
});

test('a stack that does not say where it goes is found by its name, in what it says', async () => {
  const now = [stack('A', {}), stack('B', {}), stack('C', {})];
  const anywhere = [
    stack('A', {}, { environment: 'aws://unknown-account/unknown-region' }),
    stack('B', {}, { environment: 'aws://unknown-account/eu-west-1' }),
    stack('C', {}, { environment: 'aws://unknown-account/us-east-1' }),
  ];
  const comparisons = await compare(anywhere, now);
  expect(comparisons.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
    'A same',
    'B same',
    'C missing',
    'C added',
  ]);
});
