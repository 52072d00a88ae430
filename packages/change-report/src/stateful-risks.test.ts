import { describe, expect, it } from 'vitest';
import { changeSetOf } from './change-set.test.fixture.ts';
import type { ResourceChange } from './change-set.ts';
import { statefulRisks } from './stateful-risks.ts';
import { statefulTypes } from './stateful-types.ts';

const table = { logicalId: 'Table', type: 'AWS::DynamoDB::Table' } as const;
const retained = { Resources: { Table: { Type: table.type, DeletionPolicy: 'Retain' } } };

const atRisk: [Partial<ResourceChange>, string][] = [
  [{ action: 'Remove' }, 'would be deleted'],
  [{ action: 'Remove', policyAction: 'Delete' }, 'would be deleted'],
  [{ action: 'Remove', policyAction: 'Snapshot' }, 'would be deleted, a snapshot kept'],
  [{ action: 'Modify', replacement: 'True' }, 'would be replaced'],
  [{ action: 'Modify', replacement: 'True', policyAction: 'ReplaceAndRetain' }, 'would be replaced, the old one kept'],
  [{ action: 'Modify', replacement: 'Conditional' }, 'would perhaps be replaced (Conditional)'],
  [{ action: 'Dynamic' }, 'would perhaps be replaced (Conditional)'],
  [{ action: 'SomethingNew' }, 'would perhaps be replaced (Conditional)'],
];

describe('stateful resources', () => {
  it.each(atRisk)('are at risk with %j', (change, text) => {
    const [risk, ...more] = statefulRisks(changeSetOf([{ ...table, ...change }]));
    expect(more).toEqual([]);
    expect(risk).toEqual({
      concern: 'stateful',
      stack: 'Beta-Orders',
      resource: 'Table',
      text: `Table (AWS::DynamoDB::Table) ${text}`,
    });
  });

  it.each<[Partial<ResourceChange>]>([
    [{ action: 'Add' }],
    [{ action: 'Import' }],
    [{ action: 'Modify', replacement: 'False' }],
    [{ action: 'Remove', policyAction: 'Retain' }],
  ])('are safe with %j', (change) => {
    expect(statefulRisks(changeSetOf([{ ...table, ...change }]))).toEqual([]);
  });

  it('are safe when the template retains them and CloudFormation does not say', () => {
    expect(statefulRisks(changeSetOf([{ ...table, action: 'Remove' }], { before: retained }))).toEqual([]);
    expect(
      statefulRisks(changeSetOf([{ ...table, action: 'Remove', policyAction: 'Delete' }], { before: retained })),
    ).toHaveLength(1);
  });

  it('may be in a nested stack, whose changes are not shown', () => {
    const inner = { logicalId: 'Inner', type: 'AWS::CloudFormation::Stack' };
    const textsOf = (change: Partial<ResourceChange>) =>
      statefulRisks(changeSetOf([{ ...inner, ...change }])).map(({ text }) => text);
    expect(textsOf({ replacement: 'False' })).toEqual(['Inner is a nested stack, whose changes are not shown']);
    expect(textsOf({ action: 'Remove', policyAction: 'Delete' })).toEqual([
      'Inner (AWS::CloudFormation::Stack) would be deleted, with what it holds',
    ]);
    expect(textsOf({ action: 'Remove', policyAction: 'Retain' })).toEqual([]);
    expect(textsOf({ action: 'Add' })).toEqual([]);
    expect(textsOf({ replacement: 'False', nestedChangeSet: 'arn:nested' })).toEqual([]);
  });

  it('may be in a change set that is not there', () => {
    expect(statefulRisks(changeSetOf([], { isMissing: true }))).toMatchObject([{ text: 'no change set was found' }]);
  });

  it('are those that hold something, not everything', () => {
    expect(statefulRisks(changeSetOf([{ type: 'AWS::Lambda::Function', action: 'Remove' }]))).toEqual([]);
  });

  it.each([
    'AWS::DynamoDB::Table',
    'AWS::RDS::DBInstance',
    'AWS::S3::Bucket',
    'AWS::EFS::FileSystem',
    'AWS::Cognito::UserPool',
    'AWS::KMS::Key',
    'AWS::Logs::LogGroup',
  ])('include %s', (type) => {
    expect(statefulTypes.has(type)).toBe(true);
  });
});
