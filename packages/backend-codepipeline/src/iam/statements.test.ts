import { describe, expect, it } from 'vitest';
import { documentSize } from './document-size.ts';
import { splitStatements } from './split-statements.ts';
import { statementsOf } from './statements.ts';

const start = (resource: string) => ({ actions: ['codebuild:StartBuild'], resources: [resource], reason: 'run it' });

describe('statements', () => {
  it('put together what is granted on several resources', () => {
    expect(statementsOf([start('a'), start('b'), start('a')])).toEqual([
      { statement: { Effect: 'Allow', Action: ['codebuild:StartBuild'], Resource: ['a', 'b'] }, reason: 'run it' },
    ]);
  });

  it('keep apart what is granted under different conditions', () => {
    const conditions = { StringEquals: { 'aws:SourceAccount': '1' } };
    expect(statementsOf([start('a'), { ...start('a'), conditions }])).toHaveLength(2);
  });

  it('say every reason once', () => {
    const merged = statementsOf([start('a'), { ...start('b'), reason: 'watch it' }, start('c')]);
    expect(merged.map(({ reason }) => reason)).toEqual(['run it; watch it']);
  });
});

describe('splitting', () => {
  const many = statementsOf(
    Array.from({ length: 200 }, (_, index) => start(`arn:aws:iam::123456789012:role/r${index}`)),
  );

  it('keeps every document within its size and loses no resource', () => {
    const documents = splitStatements(many, [4_000, 2_000]);
    expect(documents.length).toBeGreaterThan(1);
    const sizes = documents.map((document) =>
      documentSize({ Version: '2012-10-17', Statement: document.map(({ statement }) => statement) }),
    );
    expect(Math.max(...sizes.slice(1))).toBeLessThanOrEqual(2_000);
    expect(sizes[0]).toBeGreaterThan(2_000);
    expect(sizes[0]).toBeLessThanOrEqual(4_000);
    const resources = documents.flat().flatMap(({ statement }) => statement.Resource);
    expect(resources).toEqual(many[0]?.statement.Resource);
  });

  it('leaves alone what fits', () => {
    expect(splitStatements(many, [20_000])).toEqual([many]);
  });

  it('lets a resource through that no document can hold', () => {
    const long = statementsOf([start('x'.repeat(500)), start('y')]);
    const documents = splitStatements(long, [300]);
    expect(documents.flat().flatMap(({ statement }) => statement.Resource)).toEqual(['x'.repeat(500), 'y']);
  });
});

describe('the size of a document', () => {
  it('counts what is written without white space', () => {
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['a:B'], Resource: '*' }] };
    expect(documentSize(document)).toBeGreaterThanOrEqual(JSON.stringify(document).length);
    expect(documentSize(document)).toBeLessThan(JSON.stringify(document).length + 10);
  });

  it('takes a reference at its longest', () => {
    expect(documentSize({ 'Fn::GetAtt': ['A', 'Arn'] })).toBe(160);
    expect(documentSize({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }]] })).toBe(16);
  });
});
