/** AWS Security Token Service. */

import type { PolicyDocument } from '../life/iam/policy.test.fixture.ts';
import { isAllowed } from './authorization.test.fixture.ts';
import { AwsFault } from './fault.test.fixture.ts';
import type { Handlers, Operation } from './world.test.fixture.ts';

export const sts: Handlers = {
  // "No permissions are required to perform this operation": API Reference, `GetCallerIdentity`.
  GetCallerIdentity: ({ caller, account }) => ({ Account: account, Arn: caller.arn, UserId: 'AIDALOOPBACK' }),

  AssumeRole: (operation) => {
    const { world, input } = operation;
    const arn = String(input.RoleArn);
    const role = world.store.all('AWS::IAM::Role').find((each) => each.arn === arn);
    // A role that does not exist looks like one that does not trust the caller, so that no one can look for roles.
    if (!role || !mayAssume(operation, role)) {
      const message = `User: ${operation.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
      throw new AwsFault('AccessDenied', message, 403);
    }
    const session = String(input.RoleSessionName);
    const { accessKeyId, secretAccessKey, sessionToken } = world.identities.openSession(role, session);
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: new Date(Date.now() + 3_600_000),
      },
      AssumedRoleUser: {
        Arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${session}`,
        AssumedRoleId: session,
      },
    };
  },
};

/** Session tags need an action of their own: IAM User Guide, "Pass session tags in AWS STS". */
function mayAssume(
  { world, caller, input }: Operation,
  role: { arn: string; account: string; properties: object },
): boolean {
  const { ExternalId, Tags } = input;
  const { AssumeRolePolicyDocument: trust, Tags: roleTags = [] } = role.properties as {
    AssumeRolePolicyDocument: PolicyDocument;
    Tags?: { Key: string; Value: string }[];
  };
  const tags = Object.fromEntries(roleTags.map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value]));
  const context = { ...tags, ...(ExternalId === undefined ? {} : { 'sts:ExternalId': String(ExternalId) }) };
  const access = {
    resource: role.arn,
    owner: role.account,
    resourcePolicy: trust,
    resourceKind: 'role' as const,
    context,
  };
  return ['sts:AssumeRole', ...(Tags === undefined ? [] : ['sts:TagSession'])].every((action) =>
    isAllowed(world.store, caller, { ...access, action }),
  );
}
