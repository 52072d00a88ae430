import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeSetOf, turning } from './change-set.test.fixture.ts';
import { reportChanges } from './report.ts';
import { findingsText, summaryText } from './report-text.ts';

const nested = { logicalId: 'Inner', type: 'AWS::CloudFormation::Stack', action: 'Modify' } as const;
const inner = { Resources: { Inner: { Type: nested.type, Properties: { TemplateURL: 'https://a' } } } };
const automatic = [{ source: 'Automatic' }];
const empty = changeSetOf([], { stack: 'Beta-Data', isEmpty: true });

const mixed = reportChanges([
  empty,
  changeSetOf([
    { logicalId: 'Queue', action: 'Add' },
    { logicalId: 'Fn', action: 'Modify', replacement: 'False' },
    { logicalId: 'Old', action: 'Remove', policyAction: 'Delete' },
    { logicalId: 'Kept', action: 'Remove', policyAction: 'Retain' },
    { logicalId: 'Table', type: 'AWS::DynamoDB::Table', action: 'Modify', replacement: 'True' },
    { logicalId: 'Maybe', action: 'Modify', replacement: 'Conditional' },
  ]),
]);

describe('a report', () => {
  it('counts what would happen', () => {
    expect(mixed.counts).toEqual({ add: 1, change: 1, replace: 1, mayReplace: 1, delete: 1, retain: 1, import: 0 });
    expect(mixed.isUnchanged).toBe(false);
  });

  it('says so when nothing changes', () => {
    const report = reportChanges([empty]);
    expect(report).toMatchObject({ isUnchanged: true, findings: [] });
    expect(summaryText(report, 100)).toBe('Nothing changes.');
  });

  it('does not take a change of outputs alone for nothing', () => {
    const report = reportChanges([changeSetOf([])]);
    expect(report.isUnchanged).toBe(false);
    expect(summaryText(report, 100)).toBe('1 of 1 stack: outputs or settings of the stack only.');
  });

  it('does not count a nested stack that CloudFormation only visits again', () => {
    const visited = changeSetOf([{ ...nested, details: automatic }], { before: inner, after: inner });
    expect(reportChanges([visited])).toMatchObject({ isUnchanged: true, findings: [] });
  });

  it.each([
    [
      'another template',
      { Resources: { Inner: { Type: nested.type, Properties: { TemplateURL: 'https://b' } } } },
      automatic,
    ],
    ['another parameter', inner, [...automatic, { source: 'ResourceAttribute' }]],
    ['reasons that are not known', inner, []],
  ])('counts a nested stack with %s, and as a finding of both concerns', (_title, after, details) => {
    const report = reportChanges([changeSetOf([{ ...nested, details }], { before: inner, after })]);
    expect(report.isUnchanged).toBe(false);
    expect(report.findings).toMatchObject([
      { concern: 'stateful', resource: 'Inner' },
      { concern: 'permissions', resource: 'Inner' },
    ]);
  });
});

describe('the text of a report', () => {
  it('has counts, findings and resources', () => {
    expect(summaryText(mixed, 1000)).toBe(
      '1 of 2 stacks: 1 to add, 1 to change, 1 to replace, 1 perhaps to replace, 1 to delete, 1 to let go. ' +
        'DATA AT RISK in Beta-Orders: Table (AWS::DynamoDB::Table) would be replaced. ' +
        'Beta-Orders: -Old, !Table, ?Maybe, let go: Kept, ~Fn, +Queue.',
    );
  });

  it('leaves out whole sentences and says how many', () => {
    expect(summaryText(mixed, 130)).toBe(
      '1 of 2 stacks: 1 to add, 1 to change, 1 to replace, 1 perhaps to replace, 1 to delete, 1 to let go. (and 2 more)',
    );
  });

  it('names the gravest of many resources, and says how many more there are', () => {
    const topics = Array.from({ length: 300 }, (_, index) => ({ logicalId: `Topic${index}`, replacement: 'False' }));
    const report = reportChanges([changeSetOf([...topics, { logicalId: 'Route', action: 'Remove' }]), empty]);
    expect(summaryText(report, 120)).toBe(
      '1 of 2 stacks: 300 to change, 1 to delete. Beta-Orders: -Route, ~Topic0, ~Topic1, ~Topic2, ~Topic3 (and 296 more).',
    );
  });

  it('has the findings alone for who asks for them', () => {
    expect(findingsText(mixed, 500)).toBe(
      'DATA AT RISK in Beta-Orders: Table (AWS::DynamoDB::Table) would be replaced.',
    );
    expect(findingsText(reportChanges([empty]), 500)).toMatch(/^No permission broadens/);
  });

  it('never takes more than its room, nor holds what CodePipeline or a terminal would act on', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 5 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 100, max: 1000 }), (ids, room) => {
        const changes = [...ids, '#{codepipeline.PipelineExecutionId}'].map((logicalId) => ({
          logicalId,
          type: 'AWS::S3::Bucket',
          action: 'Remove',
        }));
        const report = reportChanges([changeSetOf(changes), turning(undefined, undefined)]);
        for (const text of [summaryText(report, room), findingsText(report, room)]) {
          expect(text.length).toBeLessThanOrEqual(room);
          expect(text).toMatch(/^[ -~]+$/);
          expect(text).not.toContain('#{');
        }
      }),
      { numRuns: 50 },
    );
  });
});
