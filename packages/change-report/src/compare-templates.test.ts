import { describe, expect, it } from 'vitest';
import { compareTemplates } from './compare-templates.ts';
import { reportChanges } from './report.ts';
import type { Template } from './template.ts';

const bucket = (more = {}) => ({ Type: 'AWS::S3::Bucket', ...more });

describe('comparing templates', () => {
  it('finds what comes, goes and changes', () => {
    const changeSet = compareTemplates(
      'Orders',
      { Resources: { Gone: bucket(), Same: bucket(), Changed: bucket(), Tagged: bucket() } },
      {
        Resources: {
          Came: bucket(),
          Same: bucket(),
          Changed: bucket({ Properties: { BucketName: 'x' } }),
          Tagged: bucket({ Metadata: 1 }),
        },
      },
    );
    expect(changeSet.changes.map(({ logicalId, action, replacement }) => [logicalId, action, replacement])).toEqual([
      ['Came', 'Add', undefined],
      ['Changed', 'Modify', 'Conditional'],
      ['Gone', 'Remove', undefined],
      ['Tagged', 'Modify', 'False'],
    ]);
    expect(reportChanges([changeSet]).findings.map(({ resource }) => resource)).toEqual(['Changed', 'Gone']);
  });

  it('replaces for certain where the type changes', () => {
    const { changes } = compareTemplates(
      'Orders',
      { Resources: { It: bucket() } },
      { Resources: { It: { Type: 'AWS::SQS::Queue', UpdateReplacePolicy: 'Retain' } } },
    );
    expect(changes).toMatchObject([{ replacement: 'True', policyAction: 'ReplaceAndRetain' }]);
  });

  it('counts what conditions and mappings decide anew, as nobody decides them here', () => {
    const topic = (more = {}) => ({ Type: 'AWS::SNS::Topic', ...more });
    const Resources = {
      Either: topic({ Properties: { TopicName: { 'Fn::If': ['C', 'a', 'b'] } } }),
      Perhaps: topic({ Condition: 'C' }),
      Same: topic(),
    };
    const condition = (value: string) => ({ Conditions: { C: { 'Fn::Equals': ['a', value] } }, Resources });
    const actionsOf = (...[before, after]: [Template, Template]) =>
      compareTemplates('Orders', before, after).changes.map(({ logicalId, action }) => [logicalId, action]);
    expect(actionsOf(condition('a'), condition('b'))).toEqual([
      ['Either', 'Modify'],
      ['Perhaps', 'Dynamic'],
    ]);
    expect(actionsOf(condition('a'), condition('a'))).toEqual([]);
    expect(actionsOf({ Resources: { It: topic() } }, { Resources: { It: topic({ Condition: 'C' }) } })).toEqual([
      ['It', 'Dynamic'],
    ]);
  });

  it('reads what becomes of a resource that is removed', () => {
    const before = { Resources: { It: bucket({ DeletionPolicy: 'Retain' }) } };
    expect(reportChanges([compareTemplates('Orders', before, {})])).toMatchObject({
      findings: [],
      counts: { retain: 1 },
    });
  });

  it('is empty for equal templates, whatever the order of their keys', () => {
    const a = { Resources: { A: bucket(), B: bucket() } };
    const b = { Resources: { B: bucket(), A: bucket() } };
    expect(compareTemplates('Orders', a, b)).toMatchObject({ isEmpty: true, changes: [] });
  });
});
