import { describe, expect, it } from 'vitest';
import { changeSetOf } from './change-set.test.fixture.ts';
import type { ResourceChange } from './change-set.ts';
import { reportChanges } from './report.ts';
import { findingsText, summaryText } from './report-text.ts';
import type { Template } from './template.ts';

const table = { Type: 'AWS::DynamoDB::Table', Properties: {} };
const data = (value: unknown = { Ref: 'Table' }): Template =>
  ({
    Resources: { Table: table, Topic: { Type: 'AWS::SNS::Topic' } },
    Outputs: { Name: { Value: value } },
  }) as Template;
const reference = { 'Fn::GetStackOutput': { StackName: 'Prod-Data', OutputName: 'Name' } };
const api: Template = {
  Resources: {
    Fn: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { TABLE: reference } } } },
  },
};

const ofData = (change: Partial<ResourceChange>, before = data(), after = before) =>
  changeSetOf([{ logicalId: 'Table', type: table.Type, ...change }], { stack: 'Prod-Data', before, after });
const unchangedApi = changeSetOf([], { stack: 'Prod-Api', isEmpty: true, before: api });
const replaced = ofData({ action: 'Modify', replacement: 'True' });

describe('a value that is read only when the change set executes', () => {
  const reading = (memory: number, mark?: string): Template => ({
    Resources: {
      Fn: {
        Type: 'AWS::Lambda::Function',
        ...(mark === undefined ? {} : { Metadata: { 'cdkpipe:reads': mark } }),
        Properties: { MemorySize: memory, Environment: { Variables: { TABLE: reference } } },
      },
    },
  });
  const updated = changeSetOf([{ logicalId: 'Fn', replacement: 'False' }], {
    stack: 'Prod-Api',
    before: reading(128),
    after: reading(256),
  });

  it('is named in the texts, as the digest does not bind it', () => {
    const report = reportChanges([updated]);
    const said = 'READ ONLY WHEN EXECUTING, NOT IN THE DIGEST: Prod-Api takes Name of Prod-Data.';
    expect(summaryText(report, 500)).toBe(`1 of 1 stack: 1 to change. ${said} Prod-Api: ~Fn.`);
    expect(findingsText(report, 500)).toMatch(new RegExp(`^No permission broadens.*deleted\\. ${said}$`));
  });

  it('is said to be the only reason of an update that changes no more than metadata', () => {
    const marked = changeSetOf([{ logicalId: 'Fn', replacement: 'False' }], {
      stack: 'Prod-Api',
      before: reading(128, 'a'),
      after: reading(128, 'b'),
    });
    expect(summaryText(reportChanges([replaced, marked]), 500)).toContain(
      'UPDATED ONLY TO READ AGAIN, NOT IN THE DIGEST: Prod-Api takes Name of Prod-Data.',
    );
    // Where CloudFormation lists no update of the resource, the value stays, whatever the template says.
    const ignored = changeSetOf([], { stack: 'Prod-Api', before: reading(128, 'a'), after: reading(128, 'b') });
    expect(summaryText(reportChanges([replaced, ignored]), 500)).toContain('MAY BECOME STALE: Prod-Api keeps');
  });

  it('is said to be kept where what takes it is not updated', () => {
    const other = changeSetOf([{ logicalId: 'Topic' }], { stack: 'Prod-Api', before: api, after: api });
    expect(summaryText(reportChanges([other]), 500)).toContain(
      'NOT READ AGAIN: Prod-Api keeps Name of Prod-Data as it read it before.',
    );
    expect(summaryText(reportChanges([unchangedApi]), 500)).toBe(
      'Nothing changes. NOT READ AGAIN: Prod-Api keeps Name of Prod-Data as it read it before.',
    );
  });

  it('is not read where a new stack does not take it, and is where one does', () => {
    const added = changeSetOf([{ logicalId: 'Fn', action: 'Add' }], { stack: 'Prod-Api', before: {}, after: api });
    expect(reportChanges([added]).lateReads).toMatchObject([{ fate: 'read', resource: 'Fn' }]);
    expect(reportChanges([replaced]).lateReads).toEqual([]);
  });

  it('of an output is read with every update', () => {
    const outputs = { Outputs: { Table: { Value: reference } } } as Template;
    const set = changeSetOf([], { stack: 'Prod-Api', before: outputs, after: outputs });
    expect(reportChanges([set]).lateReads).toMatchObject([{ fate: 'read' }]);
  });

  it('is no import', () => {
    const importing = { Resources: { Fn: { Type: 'x', Properties: { A: { 'Fn::ImportValue': 'Name' } } } } };
    const set = changeSetOf([{ logicalId: 'Fn' }], { before: importing, after: importing });
    expect(reportChanges([set]).lateReads).toEqual([]);
  });
});

describe('an unchanged stack beside one whose output it takes', () => {
  it.each<[string, ReturnType<typeof ofData>, string]>([
    ['is replaced', replaced, 'whose Table would be replaced'],
    ['may be replaced', ofData({ replacement: 'Conditional' }), 'whose Table would be perhaps replaced'],
    [
      'has changed attributes',
      ofData({ replacement: 'False' }, data({ 'Fn::GetAtt': ['Table', 'StreamArn'] })),
      'whose Table would be changed',
    ],
    [
      'has changed attributes in a text',
      ofData({ replacement: 'False' }, data({ 'Fn::Sub': 'a${Table.StreamArn}' })),
      'whose Table would be changed',
    ],
    [
      'is made in another way',
      ofData({ replacement: 'False' }, data(), data('fixed')),
      'which would be made in another way',
    ],
    [
      'is read from elsewhere',
      ofData({ replacement: 'False' }, data({ 'Fn::ImportValue': 'x' })),
      'which is read from elsewhere itself',
    ],
    ['goes', ofData({ replacement: 'False' }, data(), { Resources: {} }), 'which would be removed'],
    [
      'cannot be compared',
      { ...changeSetOf([], { stack: 'Prod-Data' }), after: undefined } as never,
      'whose change set cannot be compared',
    ],
  ])('may become stale where the output %s', (_title, maker, because) => {
    const report = reportChanges([maker, unchangedApi]);
    expect(report.lateReads.filter(({ stack }) => stack === 'Prod-Api')).toMatchObject([{ fate: 'stale', because }]);
    expect(summaryText(report, 900)).toContain(
      `MAY BECOME STALE: Prod-Api keeps the old Name of Prod-Data, ${because}.`,
    );
  });

  it.each([
    ['updated in place', ofData({ replacement: 'False' })],
    [
      'left alone',
      changeSetOf([{ logicalId: 'Topic', replacement: 'True' }], { stack: 'Prod-Data', before: data(), after: data() }),
    ],
    ['empty', changeSetOf([], { stack: 'Prod-Data', isEmpty: true, before: data() })],
  ])('does not where what the output refers to is %s', (_title, maker) => {
    expect(reportChanges([maker, unchangedApi]).lateReads).toEqual([]);
  });
});
