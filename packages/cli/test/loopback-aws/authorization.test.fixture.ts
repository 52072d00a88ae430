/** Decides calls from the policies that are deployed at that moment. */
import { evaluate } from '../life/iam/evaluate.test.fixture.ts';
import type * as iam from '../life/iam/policy.test.fixture.ts';
import { awsManagedPolicies } from './aws-managed-policies.test.fixture.ts';
import { AwsFault } from './fault.test.fixture.ts';
import type { Caller } from './identities.test.fixture.ts';
import type { Resource, ResourceStore } from './resource-store.test.fixture.ts';

export interface Access {
  readonly action: string;
  readonly resource: string;
  /** Account that owns the resource. */
  readonly owner: string;
  readonly resourcePolicy?: iam.PolicyDocument | undefined;
  readonly resourceKind?: 'role' | 'key' | 'other';
  /** Condition keys beyond those that every call has. */
  readonly context?: iam.Context;
}

/** @throws AwsFault `AccessDenied` in the words of AWS */
export function authorize(store: ResourceStore, caller: Caller, access: Access): void {
  if (isAllowed(store, caller, access)) return;
  const { action, resource } = access;
  const message = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}`;
  throw new AwsFault('AccessDenied', message, 403);
}

export function isAllowed(store: ResourceStore, caller: Caller, access: Access): boolean {
  const { action, resource, owner, resourcePolicy, resourceKind = 'other', context = {} } = access;
  const { role, session } = caller;
  const request = {
    ...{ action, resource, owner, context: { ...contextOf(caller, owner), ...context } },
    caller: role ? { role: role.arn, ...(session === undefined ? {} : { session }) } : { root: caller.account },
  };
  return evaluate(request, {
    ...{ identity: role ? identityPolicies(store, role) : [], resourceKind },
    ...(resourcePolicy === undefined ? {} : { resource: { name: 'policy of the resource', document: resourcePolicy } }),
  }).allowed;
}

/** Whether AWS itself may open a session of a role, as CodeBuild does for a build. */
export function mayServiceAssume(role: Resource, service: string, context: iam.Context): boolean {
  const document = role.properties.AssumeRolePolicyDocument as iam.PolicyDocument;
  const request = { action: 'sts:AssumeRole', resource: role.arn, owner: role.account, context, caller: { service } };
  return evaluate(request, { identity: [], resource: { name: 'trust', document }, resourceKind: 'role' }).allowed;
}

/** IAM User Guide, "AWS global condition context keys". */
function contextOf({ account, arn, role }: Caller, owner: string): iam.Context {
  return {
    'aws:PrincipalAccount': account,
    'aws:PrincipalArn': role?.arn ?? arn,
    'aws:ResourceAccount': owner,
    // The loopback speaks HTTP in the place of HTTPS.
    'aws:SecureTransport': 'true',
  };
}

function identityPolicies(store: ResourceStore, role: Resource): iam.Policy[] {
  const { Policies = [], ManagedPolicyArns = [] } = role.properties as {
    Policies?: { PolicyName: string; PolicyDocument: iam.PolicyDocument }[];
    ManagedPolicyArns?: string[];
  };
  return [
    ...Policies.map(({ PolicyName, PolicyDocument }) => ({ name: PolicyName, document: PolicyDocument })),
    ...ManagedPolicyArns.map((arn) => ({ name: arn, document: managedPolicy(store, arn) })),
    ...attachedPolicies(store, role),
  ];
}

function managedPolicy(store: ResourceStore, arn: string): iam.PolicyDocument {
  const name = /^arn:aws:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  const found = name === undefined ? documentOf(store.findByArn(arn)) : awsManagedPolicies[name];
  if (!found) throw new Error(`the loopback does not know the managed policy ${arn}`);
  return found;
}

/** Policies that name their roles, instead of roles that name their policies. */
function attachedPolicies(store: ResourceStore, { account, name }: Resource): iam.Policy[] {
  return [...store.all('AWS::IAM::Policy'), ...store.all('AWS::IAM::ManagedPolicy')]
    .filter((policy) => policy.account === account && (policy.properties.Roles as string[] | undefined)?.includes(name))
    .flatMap((policy) => {
      const document = documentOf(policy);
      return document ? [{ name: policy.arn, document }] : [];
    });
}

function documentOf(policy: Resource | undefined): iam.PolicyDocument | undefined {
  return policy?.properties.PolicyDocument as iam.PolicyDocument | undefined;
}
