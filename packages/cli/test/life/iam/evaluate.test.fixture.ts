/**
 * Decides whether AWS would allow a request, by the policies that apply to it: `evaluate(request, policies)`.
 *
 * How to use it: write the request (who, action, resource, owner of the resource, condition keys) and hand over the
 * policies; the answer says whether it is allowed, why, and which statements allowed it. `Cloud` beside it finds the
 * policies in deployed templates.
 *
 * Left out, as no template of ours has them: SCPs, RCPs, session policies, ACLs, VPC endpoint policies.
 *
 * One account: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 * Two accounts: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 * Keys: https://docs.aws.amazon.com/kms/latest/developerguide/control-access.html
 */
import { holds } from './conditions.test.fixture.ts';
import { accountOf, listOf, type Policies, type Policy, type Request, type Statement } from './policy.test.fixture.ts';
import { findNaming, type Naming } from './principals.test.fixture.ts';
import { matchesAction, matchesResource } from './wildcards.test.fixture.ts';

/** A statement of a policy, by its place in the document. */
export interface StatementReference {
  readonly policy: string;
  readonly index: number;
}

export interface Decision {
  readonly allowed: boolean;
  /** In words, for messages. */
  readonly because: string;
  /** The Allow statements that match the request; empty where it is denied. */
  readonly used: readonly StatementReference[];
}

interface Matching extends StatementReference {
  readonly statement: Statement;
  readonly naming: Naming | undefined;
}

export function evaluate(request: Request, policies: Policies): Decision {
  const { identity, boundary, resource } = policies;
  const own = identity.flatMap((policy) => matching(policy, request, false));
  const limits = boundary && matching(boundary, request, false);
  const shared = resource ? matching(resource, request, true) : [];
  const denial = [...own, ...(limits ?? []), ...shared].find(({ statement }) => statement.Effect === 'Deny');
  if (denial) return denied(`${denial.policy} denies it by its statement ${name(denial)}`);
  const inside = limits === undefined || limits.length > 0;
  return 'service' in request.caller ? decideForService(shared) : decide(request, policies, { own, shared, inside });
}

/** A service has no policies: the resource alone decides. */
function decideForService(shared: readonly Matching[]): Decision {
  return shared.length > 0 ? allowed(shared) : denied('no policy of the resource names the service');
}

interface Found {
  readonly own: readonly Matching[];
  readonly shared: readonly Matching[];
  /** Whether the boundary, if there is one, allows it as well. */
  readonly inside: boolean;
}

function decide(request: Request, { resourceKind = 'other', grants = [] }: Policies, found: Found): Decision {
  const { own, shared, inside } = found;
  const isOwn = accountOf(request.caller) === request.owner;
  // Somebody with all rights of an account needs no policy there; elsewhere they must be let in.
  const byIdentity = 'root' in request.caller || (own.length > 0 && inside);
  if ('role' in request.caller && hasGrant(grants, request.caller.role, request.action))
    return allowed([...own, ...shared]);
  if (isOwn && shared.some(({ naming }) => isDirect(naming, inside))) return allowed([...own, ...shared]);
  if (!byIdentity)
    return denied(
      inside ? 'no policy of the caller allows it' : 'the permissions boundary of the caller does not allow it',
    );
  const needsResource = !isOwn || resourceKind !== 'other';
  if (needsResource && shared.length === 0)
    return denied(`no policy of the ${resourceKind === 'other' ? 'resource' : resourceKind} lets the caller in`);
  return allowed([...own, ...shared]);
}

/** Whether the policy of a resource is enough in its own account, without a policy of the caller. */
function isDirect(naming: Naming | undefined, inside: boolean): boolean {
  if (naming === 'session' || naming === 'everyone') return true;
  return naming === 'role' && inside;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/grants.html: grants work beside policies. */
function hasGrant(grants: Policies['grants'], role: string, action: string): boolean {
  return (grants ?? []).some(
    ({ grantee, operations }) => grantee === role && operations.some((operation) => `kms:${operation}` === action),
  );
}

function matching({ name: policy, document }: Policy, request: Request, ofResource: boolean): Matching[] {
  const variables = { context: request.context, known: document.Version === '2012-10-17' };
  return listOf(document.Statement).flatMap((statement, index) => {
    const { Action, NotAction, Resource, NotResource, Condition } = statement;
    const naming = ofResource ? findNaming(statement, request.caller) : undefined;
    if (ofResource && naming === undefined) return [];
    const action = (pattern: string) => matchesAction(pattern, request.action);
    const resource = (pattern: string) => matchesResource(pattern, request.resource, variables);
    const isAbout = Action === undefined ? !listOf(NotAction).some(action) : listOf(Action).some(action);
    // Trust policies name no resource: it is the role itself.
    const isOn =
      NotResource !== undefined
        ? !listOf(NotResource).some(resource)
        : Resource === undefined || listOf(Resource).some(resource);
    return isAbout && isOn && holds(Condition, variables) ? [{ policy, index, statement, naming }] : [];
  });
}

function name({ statement, index }: Matching): string {
  return statement.Sid ?? String(index);
}

function allowed(by: readonly Matching[]): Decision {
  return { allowed: true, because: 'allowed', used: by.map(({ policy, index }) => ({ policy, index })) };
}

function denied(because: string): Decision {
  return { allowed: false, because, used: [] };
}
