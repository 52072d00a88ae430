import { describe, expect, it } from 'vitest';
import { changeSetOf, turning } from './change-set.test.fixture.ts';
import type { ResourceChange } from './change-set.ts';
import type { JsonObject } from './json.ts';
import { permissionChanges } from './permission-changes.ts';
import type { Template, TemplateResource } from './template.ts';

const policy = (...Statement: JsonObject[]) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyDocument: { Version: '2012-10-17', Statement }, Roles: [{ Ref: 'Role' }] },
});
const bucket = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: bucket };
const readWrite = { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: bucket };
const refuse = { Effect: 'Deny', Action: ['s3:*', 'kms:*'], Resource: '*' };
const onlyTls = { Bool: { 'aws:SecureTransport': 'true' } };
const group = (properties: JsonObject) => ({ Type: 'AWS::EC2::SecurityGroup', Properties: properties });
const https = { CidrIp: '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const everything = { CidrIp: '0.0.0.0/0', IpProtocol: '-1' };
const role = (properties: JsonObject) => ({ Type: 'AWS::IAM::Role', Properties: properties });
const invoke = {
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Fn' }, Principal: 'apigateway.amazonaws.com' },
};
const logPolicy = (statement: JsonObject) => ({
  Type: 'AWS::Logs::ResourcePolicy',
  Properties: { PolicyName: 'x', PolicyDocument: JSON.stringify({ Statement: [statement] }) },
});
const joined = (text: string) => ({
  Type: 'AWS::Logs::ResourcePolicy',
  Properties: { PolicyDocument: { 'Fn::Join': ['', ['{', text, '}']] } },
});

const is = { 'Fn::Equals': ['a', 'a'] };
const isNot = { 'Fn::Equals': ['a', 'b'] };
const eitherBucket = { ...read, Resource: { 'Fn::If': ['IsProd', '*', bucket] } };
const mapped = { ...read, Resource: { 'Fn::FindInMap': ['M', 'a', 'b'] } };

/** The same policy in both templates, with other sections around it. */
function deciding(
  before: Template,
  after: Template,
  changes: Partial<ResourceChange>[],
  it: TemplateResource = policy(read),
) {
  const Resources = { It: it };
  return changeSetOf(
    changes.map((change) => ({ logicalId: 'It', type: 'AWS::IAM::Policy', ...change })),
    { before: { ...before, Resources }, after: { ...after, Resources } },
  );
}

const broader: [string, ReturnType<typeof turning>, string][] = [
  ['a new policy', turning(undefined, policy(read)), 'It: Allow s3:GetObject on Bucket.Arn'],
  ['one more action', turning(policy(read), policy(readWrite)), 'It: Allow s3:GetObject, s3:PutObject on Bucket.Arn'],
  ['another resource', turning(policy(read), policy({ ...read, Resource: '*' })), 'It: Allow s3:GetObject on *'],
  ['a condition that goes', turning(policy({ ...read, Condition: onlyTls }), policy(read)), 'It: Allow s3:GetObject'],
  [
    'another condition',
    turning(
      policy({ ...read, Condition: onlyTls }),
      policy({ ...read, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    ),
    'under conditions',
  ],
  ['a refusal that goes', turning(policy(read, refuse), policy(read)), 'It: no longer: Deny s3:*, kms:* on *'],
  ['a refusal of less', turning(policy(refuse), policy({ ...refuse, Action: 's3:*' })), 'no longer: Deny'],
  ['a policy of refusals that is deleted', turning(policy(refuse), undefined), 'no longer: Deny'],
  [
    'an exception that goes',
    turning(
      policy({ Effect: 'Allow', NotAction: ['iam:*', 'kms:*'], Resource: '*' }),
      policy({ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }),
    ),
    'Allow all but iam:* on *',
  ],
  [
    'a statement inside a condition of the template',
    turning(policy(), policy({ 'Fn::If': ['IsProd', read, { Ref: 'AWS::NoValue' }] })),
    'Allow s3:GetObject',
  ],
  [
    'one more role',
    turning(policy(read), {
      ...policy(read),
      Properties: { ...policy(read).Properties, Roles: [{ Ref: 'Role' }, { Ref: 'Other' }] },
    }),
    'It: attached to Other',
  ],
  [
    'another principal in a trust policy',
    turning(
      role({
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '111111111111' } }],
        },
      }),
      role({
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ['111111111111', '222222222222'] } },
          ],
        },
      }),
    ),
    'for 111111111111, 222222222222',
  ],
  [
    'a managed policy',
    turning(role({}), role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] })),
    'the managed policy arn:aws:iam::aws:policy/AdministratorAccess',
  ],
  [
    'a boundary that goes',
    turning(role({ PermissionsBoundary: 'arn:b' }), role({})),
    'no longer: the permissions boundary arn:b',
  ],
  [
    'a policy of a bucket',
    turning(undefined, {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { PolicyDocument: { Statement: [{ ...read, Principal: '*' }] } },
    }),
    'for *',
  ],
  ['a policy that is written as text', turning(logPolicy(read), logPolicy(readWrite)), 's3:PutObject'],
  ['a policy that cannot be read', turning(joined('a'), joined('b')), 'a policy that cannot be read (PolicyDocument)'],
  ['a permission to call a function', turning(undefined, invoke), 'lambda:InvokeFunction Fn apigateway.amazonaws.com'],
  [
    'a new rule of a security group',
    turning(
      group({ SecurityGroupEgress: [https] }),
      group({ SecurityGroupEgress: [https], SecurityGroupIngress: [https] }),
    ),
    'It: ingress tcp 443 10.0.0.0/8',
  ],
  ['a security group without egress rules', turning(undefined, group({})), 'egress all traffic 0.0.0.0/0'],
  [
    'a rule on its own',
    turning(undefined, { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { ...https, GroupId: { Ref: 'Group' } } }),
    'SecurityGroupIngress tcp 443 10.0.0.0/8',
  ],
  [
    'a template that cannot be read',
    changeSetOf([], { before: undefined as never }),
    'the templates cannot be compared',
  ],
  [
    'a nested stack',
    changeSetOf([{ logicalId: 'Inner', type: 'AWS::CloudFormation::Stack', action: 'Add' }]),
    'Inner is a nested stack, whose changes are not shown',
  ],
  [
    'a policy whose value is a parameter',
    changeSetOf([{ logicalId: 'It', type: 'AWS::IAM::Policy', details: [{ source: 'ParameterReference' }] }], {
      before: { Resources: { It: policy(read) } },
      after: { Resources: { It: policy(read) } },
    }),
    'a parameter changes its policy or rules',
  ],
  [
    'a policy that a condition of the template now lets in',
    deciding({ Conditions: { IsProd: isNot } }, { Conditions: { IsProd: is } }, [{ action: 'Add' }]),
    'It: Allow s3:GetObject on Bucket.Arn',
  ],
  [
    'a refusal that a condition of the template now leaves out',
    deciding({ Conditions: { IsProd: is } }, { Conditions: { IsProd: isNot } }, [{ action: 'Remove' }], policy(refuse)),
    'no longer: Deny',
  ],
  [
    'a condition inside a policy that is decided anew',
    deciding({ Conditions: { IsProd: isNot } }, { Conditions: { IsProd: is } }, [{}], policy(eitherBucket)),
    'It: a condition or mapping changes its policy or rules',
  ],
  [
    'a condition inside a policy that a looked-up parameter decides anew',
    deciding({}, {}, [{ details: [{ attribute: 'Properties', source: 'DirectModification' }] }], policy(eitherBucket)),
    'It: a condition or mapping changes its policy or rules',
  ],
  [
    'a mapping inside a policy with another value',
    deciding({ Mappings: { M: { a: { b: 'x' } } } }, { Mappings: { M: { a: { b: '*' } } } }, [{}], policy(mapped)),
    'It: a condition or mapping changes its policy or rules',
  ],
  [
    'a statement whose effect is decided elsewhere',
    turning(
      policy(read),
      policy(read, { Effect: { 'Fn::If': ['IsProd', 'Allow', 'Deny'] }, Action: '*', Resource: '*' }),
    ),
    'Allow or Deny * on *',
  ],
  [
    'a policy without statements, such as that of a search collection',
    turning(
      { Type: 'AWS::OpenSearchServerless::AccessPolicy', Properties: { Policy: '[{"Principal":["a"]}]' } },
      { Type: 'AWS::OpenSearchServerless::AccessPolicy', Properties: { Policy: '[{"Principal":["a","b"]}]' } },
    ),
    'a policy that cannot be read (Policy)',
  ],
];

const notBroader: [string, ReturnType<typeof turning>][] = [
  ['nothing', turning(policy(read), policy(read))],
  ['one action less', turning(policy(readWrite), policy(read))],
  ['a list of one instead of a text', turning(policy(read), policy({ ...read, Action: ['s3:GetObject'] }))],
  ['another order', turning(policy(readWrite), policy({ ...readWrite, Action: ['s3:PutObject', 's3:GetObject'] }))],
  ['another Sid', turning(policy(read), policy({ ...read, Sid: 'Read' }))],
  ['one statement cut in two', turning(policy(readWrite), policy(read, { ...read, Action: 's3:PutObject' }))],
  ['a condition that comes', turning(policy(read), policy({ ...read, Condition: onlyTls }))],
  ['a refusal that comes', turning(policy(read), policy(read, refuse))],
  ['a policy that goes', turning(policy(read), undefined)],
  ['a role that goes with its boundary', turning(role({ PermissionsBoundary: 'arn:b' }), undefined)],
  [
    'a rule that goes',
    turning(group({ SecurityGroupEgress: [https, everything] }), group({ SecurityGroupEgress: [https] })),
  ],
  [
    'another description of a rule',
    turning(group({ SecurityGroupEgress: [https] }), group({ SecurityGroupEgress: [{ ...https, Description: 'x' }] })),
  ],
  ['a nested stack that goes', changeSetOf([{ type: 'AWS::CloudFormation::Stack', action: 'Remove' }])],
  [
    'a nested stack whose change set is read too',
    changeSetOf([{ type: 'AWS::CloudFormation::Stack', nestedChangeSet: 'arn:nested' }]),
  ],
  [
    'a policy that follows a resource',
    changeSetOf([{ logicalId: 'It', details: [{ source: 'ResourceAttribute' }] }], {
      before: { Resources: { It: policy(read) } },
      after: { Resources: { It: policy(read) } },
    }),
  ],
  [
    'a condition inside a policy that follows a resource',
    deciding({}, {}, [{ details: [{ attribute: 'Properties', source: 'ResourceAttribute' }] }], policy(eitherBucket)),
  ],
  ['other conditions where none decides', deciding({ Conditions: { A: is } }, { Conditions: { A: isNot } }, [{}])],
  ['an empty change set, whatever its templates', { ...turning(undefined, policy(read)), isEmpty: true }],
];

describe('permissions broaden with', () => {
  it.each(broader)('%s', (_title, changeSet, text) => {
    const findings = permissionChanges(changeSet);
    expect(findings).toContainEqual(
      expect.objectContaining({ concern: 'permissions', stack: 'Beta-Orders', text: expect.stringContaining(text) }),
    );
  });
});

describe('a finding', () => {
  it('is about what is new, not about what was there', () => {
    const roles = (...names: string[]) => ({
      ...policy(read),
      Properties: { ...policy(read).Properties, Roles: names.map((name) => ({ Ref: name })) },
    });
    expect(permissionChanges(turning(roles('A'), roles('A', 'B'))).map(({ text }) => text)).toEqual([
      'It: attached to B',
    ]);
  });
});

describe('permissions do not broaden with', () => {
  it.each(notBroader)('%s', (_title, changeSet) => {
    expect(permissionChanges(changeSet)).toEqual([]);
  });
});
