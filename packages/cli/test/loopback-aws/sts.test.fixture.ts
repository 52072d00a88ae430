/** AWS Security Token Service. */

import { holds } from '../life/iam/conditions.test.fixture.ts';
import { listOf, type PolicyDocument } from '../life/iam/policy.test.fixture.ts';
import { isAllowed } from './authorization.test.fixture.ts';
import { AwsFault } from './fault.test.fixture.ts';
import type { Resource } from './resource-store.test.fixture.ts';
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

  // IAM User Guide, "OIDC federation", and STS API Reference, `AssumeRoleWithWebIdentity`.
  AssumeRoleWithWebIdentity: ({ world, input }) => {
    const arn = String(input.RoleArn);
    const role = world.store.all('AWS::IAM::Role').find((each) => each.arn === arn);
    const claims = readToken(String(input.WebIdentityToken));
    if (Number(claims.exp) * 1_000 < Date.now())
      throw new AwsFault('ExpiredTokenException', 'Token must be redeemed within 24 hours of issuance', 400);
    if (!role || !trustsToken(world, role, claims))
      throw new AwsFault('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403);
    const session = String(input.RoleSessionName);
    const { accessKeyId, secretAccessKey, sessionToken } = world.identities.openSession(role, session);
    const Credentials = {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: new Date(Date.now() + world.webSessionMs),
    };
    const Arn = `arn:aws:sts::${role.account}:assumed-role/${role.name}/${session}`;
    return { Credentials, AssumedRoleUser: { Arn, AssumedRoleId: session } };
  },
};

type Claims = Readonly<Record<string, unknown>>;

/** The middle of a JWT; nobody signs here, as the loopback has no keys of GitHub. */
function readToken(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

/** The provider must be there with the audience as a client, and the conditions must hold for the claims. */
function trustsToken(world: Operation['world'], role: Resource, claims: Claims): boolean {
  const issuer = String(claims.iss).replace('https://', '');
  const provider = world.store
    .all('AWS::IAM::OIDCProvider')
    .find(({ account, properties }) => account === role.account && properties.Url === claims.iss);
  if (!(provider?.properties.ClientIdList as string[] | undefined)?.includes(String(claims.aud))) return false;
  const context = Object.fromEntries(
    Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, String(value)]),
  );
  const { Statement } = role.properties.AssumeRolePolicyDocument as PolicyDocument;
  return listOf(Statement).some(({ Action, Principal, Condition }) => {
    const federated = typeof Principal === 'object' ? Principal.Federated : undefined;
    const isMeant = Action === 'sts:AssumeRoleWithWebIdentity' && federated === provider?.arn;
    return isMeant && holds(Condition, { context } as Parameters<typeof holds>[1]);
  });
}

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
