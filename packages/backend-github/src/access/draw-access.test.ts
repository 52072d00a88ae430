import { createRequire } from 'node:module';
import type { CdkLibrary } from '@cdkpipe/core';
import { App } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import type { AccessStack } from './access-stack.ts';
import { drawAccess } from './draw-access.ts';

const cdk: CdkLibrary = { version: '', root: '', require: createRequire(import.meta.url) };

const access: AccessStack = {
  name: 'orders-access-222222222222',
  account: '222222222222',
  region: 'eu-west-1',
  createsProvider: true,
  roles: [
    {
      name: 'cdkpipe-orders-Beta-execute',
      description: 'execute',
      trust: {
        provider: 'arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com',
        conditions: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
      },
      grants: [{ actions: ['cloudformation:DescribeStacks'], resources: ['arn:aws:x'], reason: 'looks' }],
    },
  ],
};

function draw(stack: AccessStack, boundary?: string) {
  const app = new App({ builtinCloudFormationValidation: false });
  drawAccess(app, cdk, [stack], boundary);
  const { template, environment } = app.synth().getStackByName(stack.name);
  return { resources: template.Resources as Record<string, { Type: string; [key: string]: unknown }>, environment };
}

test('a stack of each account has the provider, and roles with the reason of each statement', () => {
  const { resources, environment } = draw(access);
  expect([environment.account, environment.region]).toEqual(['222222222222', 'eu-west-1']);
  expect(resources).toEqual({
    Provider: {
      Type: 'AWS::IAM::OIDCProvider',
      Properties: { Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    },
    Role1: {
      Type: 'AWS::IAM::Role',
      Metadata: { 'cdkpipe:reasons': ['looks'] },
      Properties: {
        RoleName: 'cdkpipe-orders-Beta-execute',
        Description: 'execute',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Federated: { Ref: 'Provider' } },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
            },
          ],
        },
        Policies: [
          {
            PolicyName: 'cdkpipe',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: ['cloudformation:DescribeStacks'], Resource: ['arn:aws:x'] }],
            },
          },
        ],
      },
    },
  });
});

test('an account that has a provider keeps it', () => {
  const { resources } = draw({ ...access, createsProvider: false });
  expect(Object.keys(resources)).toEqual(['Role1']);
  expect(JSON.stringify(resources.Role1)).toContain(
    '"Federated":"arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com"',
  );
});

test('a boundary limits every role', () => {
  const { resources } = draw(access, 'arn:aws:iam::222222222222:policy/limit');
  expect(resources.Role1?.Properties).toMatchObject({ PermissionsBoundary: 'arn:aws:iam::222222222222:policy/limit' });
});
