/** Access stacks → constructs in the app that becomes the cloud assembly. */
import type { CdkLibrary } from '@cdkpipe/core';
import type * as core from 'aws-cdk-lib';
import type { App, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { AccessRole, AccessStack } from './access-stack.ts';
import type { Grant } from './grant.ts';
import { audience, issuer, type Trust } from './trust.ts';

/** Key of the metadata that says why each statement of a role is there, in the same order. */
export const reasonsKey = 'cdkpipe:reasons';

type Core = typeof core;
type Iam = typeof iam;

interface Modules {
  readonly core: Core;
  readonly iam: Iam;
}

/** @param boundary ARN of a managed policy that limits every role */
export function drawAccess(app: App, cdk: CdkLibrary, stacks: readonly AccessStack[], boundary?: string): void {
  const modules = { core: cdk.require('aws-cdk-lib') as Core, iam: cdk.require('aws-cdk-lib/aws-iam') as Iam };
  for (const each of stacks) drawStack(app, modules, each, boundary);
}

function drawStack(app: App, { core, iam }: Modules, access: AccessStack, boundary: string | undefined): void {
  const { name, account, region, createsProvider, roles } = access;
  const stack = new core.Stack(app, name, {
    stackName: name,
    env: { account, region },
    description: `Lets jobs of GitHub Actions deploy to the account ${account}`,
  });
  const provider = createsProvider ? drawProvider(core, iam, stack) : undefined;
  for (const [index, role] of roles.entries()) {
    // The reference makes the role wait for the provider.
    const trust = provider === undefined ? role.trust : { ...role.trust, provider: provider.ref };
    drawRole(iam, stack, `Role${index + 1}`, { ...role, trust }, boundary);
  }
}

/** An account has one of each URL; others may trust it, so it stays when the stack goes. */
function drawProvider({ CfnDeletionPolicy }: Core, { CfnOIDCProvider }: Iam, stack: Stack) {
  const provider = new CfnOIDCProvider(stack, 'Provider', { url: `https://${issuer}`, clientIdList: [audience] });
  provider.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
  provider.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  return provider;
}

function drawRole({ CfnRole }: Iam, stack: Stack, id: string, role: AccessRole, boundary: string | undefined): void {
  const { name, description, trust, grants } = role;
  const drawn = new CfnRole(stack, id, {
    roleName: name,
    description,
    assumeRolePolicyDocument: trustDocument(trust),
    ...(grants.length === 0 ? {} : { policies: [{ policyName: 'cdkpipe', policyDocument: policyDocument(grants) }] }),
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
  });
  if (grants.length > 0)
    drawn.addMetadata(
      reasonsKey,
      grants.map(({ reason }) => reason),
    );
}

export function trustDocument({ provider, conditions }: Trust) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: conditions,
      },
    ],
  };
}

export function policyDocument(grants: readonly Grant[]) {
  return {
    Version: '2012-10-17',
    Statement: grants.map(({ effect = 'Allow', actions, resources, conditions }) => ({
      Effect: effect,
      Action: actions,
      Resource: resources,
      ...(conditions === undefined ? {} : { Condition: conditions }),
    })),
  };
}
