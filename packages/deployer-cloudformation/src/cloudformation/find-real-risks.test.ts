import { describe, expect, test } from 'vitest';
import type { ChangeSet } from './change-set.ts';
import { findRealRisks, remarksOnNothing } from './find-real-risks.ts';
import type { OpenedStack } from './opened-stack.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: { Ref: 'Where' } };
const policy = { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: [allow] } } };
const same = { Resources: { Policy: policy } };

type Change = Record<string, unknown>;

/** @param standing template of the stack as CloudFormation has it */
async function risks(changes: readonly Change[], standing: object, template: object) {
  const opened = {
    target: { stack: { id: 'Api', stackName: 'Prod-Api' } },
    signal: new AbortController().signal,
    ask: (_: string, call: () => unknown) => call(),
    client: { send: async () => ({ TemplateBody: JSON.stringify(standing) }) },
  } as unknown as OpenedStack;
  const made = {
    ChangeSetId: 'arn:aws:cloudformation:eu-west-1:222222222222:changeSet/x/1',
    Status: 'CREATE_COMPLETE',
    Changes: changes.map((ResourceChange) => ({ Type: 'Resource', ResourceChange })),
  } as unknown as ChangeSet;
  const { findings } = await findRealRisks(opened, made, { isNew: false, template: JSON.stringify(template) });
  return findings.map(({ concern, text }) => [concern, text]);
}

describe('a change set of CloudFormation', () => {
  test('says what a parameter changes, which templates do not', async () => {
    const change = {
      Action: 'Modify',
      LogicalResourceId: 'Policy',
      ResourceType: policy.Type,
      Replacement: 'False',
      Details: [{ Target: { Attribute: 'Properties', Name: 'PolicyDocument' }, ChangeSource: 'ParameterReference' }],
    };
    expect(await risks([change], same, same)).toEqual([
      ['permissions', 'Policy: a parameter changes its policy or rules'],
    ]);
  });

  test('knows whether data is lost, where templates could only guess', async () => {
    const bucket = (name: string) => ({ Resources: { It: { Type: 'AWS::S3::Bucket', Properties: { Name: name } } } });
    const change = { Action: 'Modify', LogicalResourceId: 'It', ResourceType: 'AWS::S3::Bucket' };
    expect(await risks([{ ...change, Replacement: 'False' }], bucket('a'), bucket('b'))).toEqual([]);
    expect(await risks([{ ...change, Replacement: 'True' }], bucket('a'), bucket('b'))).toEqual([
      ['stateful', 'It (AWS::S3::Bucket) would be replaced'],
    ]);
  });

  test.each([
    ['macros', { ...same, Transform: 'AWS::Serverless-2016-10-31' }],
    ['a macro inside', { Resources: { Policy: { ...policy, 'Fn::Transform': { Name: 'Mine' } } } }],
  ])('of a template with %s asks for a person, as nobody sees here what they make', async (_, template) => {
    expect(await risks([], same, template)).toEqual([['permissions', 'the templates cannot be compared']]);
  });
});

test('what is read only when it executes is named, also where nothing changes', async () => {
  const Value = { 'Fn::GetStackOutput': { StackName: 'Prod-Data', OutputName: 'Name' } };
  const template = JSON.stringify({
    Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: Value } } },
  });
  expect(remarksOnNothing('Api', template)).toEqual({
    findings: [],
    lateValues: ['NOT READ AGAIN: Api keeps Name of Prod-Data as it read it before.'],
  });
});
