import { expect, test } from 'vitest';
import type { Json, JsonObject } from './json.ts';
import { compareStatements } from './statement-changes.ts';

const role = (statements: readonly JsonObject[], trust = 'codebuild.amazonaws.com') => ({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: trust } }],
        },
        Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }],
      },
    },
  },
});
const allow = (Action: string[], Resource: Json): JsonObject => ({ Effect: 'Allow', Action, Resource });

test('only what differs in a statement is listed, and actions share a row', () => {
  const before = role([allow(['s3:GetObject', 's3:GetBucketAcl'], 'arn:aws:s3:::a')]);
  const after = role([allow(['s3:GetBucketAcl', 's3:PutObject', 's3:DeleteObject'], 'arn:aws:s3:::a')]);
  const row = { logicalId: 'Role', effect: 'Allow', principal: 'Role', resource: 'arn:aws:s3:::a' };
  expect(compareStatements(before, after)).toEqual([
    { ...row, change: 'removed', actions: ['s3:GetObject'] },
    { ...row, change: 'added', actions: ['s3:PutObject', 's3:DeleteObject'] },
  ]);
});

test('the order and the grouping of statements make no difference', () => {
  const before = role([allow(['s3:GetObject', 's3:PutObject'], ['a', 'b'])]);
  const after = role([
    allow(['s3:PutObject'], 'b'),
    allow(['s3:GetObject'], ['b', 'a']),
    allow(['s3:PutObject'], ['a']),
  ]);
  expect(compareStatements(before, after)).toEqual([]);
});

test('a condition that is dropped is a permission that came', () => {
  const statement = allow(['kms:Decrypt'], '*');
  const limited = { ...statement, Condition: { StringEquals: { 'kms:ViaService': 's3' } } };
  const [removed, added] = compareStatements(role([limited]), role([statement]));
  expect(removed).toMatchObject({ change: 'removed', condition: { StringEquals: { 'kms:ViaService': 's3' } } });
  expect(added).not.toHaveProperty('condition');
});

test('who may assume a role is a statement about the role', () => {
  expect(compareStatements(role([]), role([], 'lambda.amazonaws.com'))).toEqual([
    expect.objectContaining({ change: 'removed', principal: 'codebuild.amazonaws.com', resource: 'Role' }),
    expect.objectContaining({ change: 'added', principal: 'lambda.amazonaws.com', actions: ['sts:AssumeRole'] }),
  ]);
});

test('what is allowed except for some, or to all but some, says so', () => {
  const statement = { Effect: 'Deny', NotAction: 's3:GetObject', Resource: '*', NotPrincipal: { AWS: 'arn:a' } };
  const after = {
    Resources: {
      Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Statement: [statement] } } },
    },
  };
  expect(compareStatements({}, after)).toEqual([
    expect.objectContaining({ effect: 'Deny', actions: ['all but s3:GetObject'], principal: 'all but arn:a' }),
  ]);
});
