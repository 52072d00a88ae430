/**
 * The accounts with what is deployed in them at one moment. `new Cloud(stacks, outside).ask(call)` finds all policies that
 * apply to a call of AWS, and decides it.
 */
import { type Decision, evaluate } from '../iam/evaluate.test.fixture.ts';
import {
  accountOf,
  type Caller,
  type Context,
  type Policies,
  type Policy,
  type PolicyDocument,
  type Statement,
} from '../iam/policy.test.fixture.ts';
import { matchesAction } from '../iam/wildcards.test.fixture.ts';
import { findManagedPolicy } from './aws-managed.test.fixture.ts';
import { type Placed, permissions, placeOf, readPolicyOf } from './resource-policies.test.fixture.ts';
import type { DeployedStack, Json } from './template.test.fixture.ts';

export interface Call {
  readonly caller: Caller;
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  /** Condition keys beyond those that every call has. */
  readonly context?: Context;
}

/** What no stack here makes: accounts of buckets, and roles of the author's. */
export interface Outside {
  readonly buckets?: Readonly<Record<string, string>>;
  /** ARNs of roles that may do what their policies, which are not ours, say: here everything of their account. */
  readonly roles?: readonly string[];
  /** Keys that encrypt the objects of buckets, by the bucket's name. */
  readonly keys?: Readonly<Record<string, string>>;
  /** ARNs, with `*`, of resources of the author's whose policies let in whoever has a policy that allows it. */
  readonly open?: readonly string[];
  /** The organization that all accounts but these strangers belong to. */
  readonly organization?: { readonly id: string; readonly strangers: readonly string[] };
}

export class Cloud {
  readonly stacks: readonly DeployedStack[];
  readonly outside: Outside;
  readonly #byType = new Map<string, Placed[]>();
  readonly #identity = new Map<string, Policies['identity']>();
  readonly #resources = new Map<string, Pick<Policies, 'resource' | 'resourceKind'>>();

  constructor(stacks: readonly DeployedStack[], outside: Outside = {}) {
    this.stacks = stacks;
    this.outside = outside;
    for (const stack of stacks)
      for (const resource of stack.resources) {
        const placed = this.#byType.get(resource.type) ?? [];
        this.#byType.set(resource.type, [...placed, { ...resource, stack }]);
      }
  }

  /** The cloud after a stack was deployed, or deployed anew. */
  with(stack: DeployedStack): Cloud {
    return new Cloud([...this.stacks.filter((other) => !isSame(other, stack)), stack], this.outside);
  }

  all(type: string): readonly Placed[] {
    return this.#byType.get(type) ?? [];
  }

  findByArn(type: string, arn: string): Placed | undefined {
    return this.all(type).find(({ names }) => names.arn === arn || names.ref === arn);
  }

  hasRole(arn: string): boolean {
    return this.findByArn('AWS::IAM::Role', arn) !== undefined || (this.outside.roles ?? []).includes(arn);
  }

  ask(call: Call): Decision {
    const owner = this.#ownerOf(call);
    const context = this.#contextOf(call, owner);
    const { caller, action, resource } = call;
    if ('role' in caller && !this.hasRole(caller.role))
      return { allowed: false, because: `the role ${caller.role} does not exist`, used: [] };
    const identity = 'role' in caller ? this.#identityOf(caller.role) : [];
    const boundary = 'role' in caller ? this.#boundaryOf(caller.role) : undefined;
    return evaluate(
      { caller, action, resource, owner, context },
      {
        identity,
        ...(boundary && { boundary }),
        ...(this.#isOpen(resource) ? openFor(caller, action) : this.#policyOf(call)),
      },
    );
  }

  /** All policies in stacks, each with the reasons of its statements where they stand beside it. */
  policies(isWanted: (stack: string) => boolean): (Policy & { readonly reasons?: readonly string[] })[] {
    const inside = (type: string) => this.all(type).filter(({ stack }) => isWanted(stack.name));
    const reasonsOf = ({ metadata }: Placed) => {
      const reasons = metadata?.['cdkpipe:reasons'];
      return reasons === undefined ? {} : { reasons };
    };
    const document = (type: string, property: string) =>
      inside(type).map((each) => ({
        name: placeOf(each),
        document: each.properties[property] as PolicyDocument,
        ...reasonsOf(each),
      }));
    const called = new Set(inside('AWS::Lambda::Permission').map(({ properties }) => properties.FunctionName));
    return [
      ...inside('AWS::IAM::Role').flatMap((role) => [
        ...inlineOf(role).map((policy) => ({ ...policy, ...reasonsOf(role) })),
        { name: `${placeOf(role)}.trust`, document: role.properties.AssumeRolePolicyDocument as PolicyDocument },
      ]),
      ...document('AWS::IAM::Policy', 'PolicyDocument'),
      ...document('AWS::IAM::ManagedPolicy', 'PolicyDocument'),
      ...document('AWS::S3::BucketPolicy', 'PolicyDocument'),
      ...document('AWS::SNS::TopicPolicy', 'PolicyDocument'),
      ...document('AWS::KMS::Key', 'KeyPolicy'),
      ...[...called].flatMap((arn) => permissions(this, arn).resource ?? []),
    ];
  }

  #isOpen(arn: string): boolean {
    const { open = [], roles = [] } = this.outside;
    return [...open, ...roles].some((pattern) => matchesAction(pattern, arn));
  }

  #ownerOf({ caller, resource }: Call): string {
    const [, , service, , account = '', path = ''] = resource.split(':');
    if (service === 's3') return this.ownerOfBucket(path.split('/')[0] ?? '');
    return account || accountOf(caller) || '';
  }

  ownerOfBucket(name: string): string {
    const made = this.all('AWS::S3::Bucket').find(({ names }) => names.ref === name);
    return made?.stack.env.account ?? this.outside.buckets?.[name] ?? `nobody's bucket ${name}`;
  }

  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
  #contextOf({ caller, resource, context }: Call, owner: string): Context {
    const account = accountOf(caller);
    const { organization } = this.outside;
    const service = resource.split(':')[2];
    return {
      'aws:SecureTransport': 'true',
      'aws:PrincipalIsAWSService': String('service' in caller),
      ...(account === undefined ? {} : { 'aws:PrincipalAccount': account }),
      ...('role' in caller ? { 'aws:PrincipalArn': caller.role } : {}),
      ...(account && organization && !organization.strangers.includes(account)
        ? { 'aws:PrincipalOrgID': organization.id }
        : {}),
      ...(resource === '*' ? {} : { 'aws:ResourceAccount': owner }),
      ...(service === 's3' ? { 's3:ResourceAccount': owner } : {}),
      ...(service === 'kms' && account ? { 'kms:CallerAccount': account } : {}),
      ...(service === 'kms' ? this.#aliasesOf(resource) : {}),
      ...(service === 'iam' ? this.#tagsOf(resource) : {}),
      ...context,
    };
  }

  #aliasesOf(key: string): Context {
    const aliases = this.all('AWS::KMS::Alias').filter(({ properties }) =>
      [key, key.split('/').at(-1)].includes(properties.TargetKeyId),
    );
    return aliases.length > 0 ? { 'kms:ResourceAliases': aliases.map(({ properties }) => properties.AliasName) } : {};
  }

  /** STS knows the tags of the role that is assumed under both names. */
  #tagsOf(arn: string): Context {
    const tags: Json[] = this.findByArn('AWS::IAM::Role', arn)?.properties.Tags ?? [];
    return Object.fromEntries(
      tags.flatMap(({ Key, Value }) => [`iam:ResourceTag/${Key}`, `aws:ResourceTag/${Key}`].map((key) => [key, Value])),
    );
  }

  /** ARN of a key, however it is named. */
  keyArn(name: string): string {
    const alias = this.all('AWS::KMS::Alias').find(
      ({ properties, stack: { env } }) => name === `arn:aws:kms:${env.region}:${env.account}:${properties.AliasName}`,
    );
    const target = alias?.properties.TargetKeyId ?? name;
    return this.findByArn('AWS::KMS::Key', target)?.names.arn ?? target;
  }

  #identityOf(arn: string): Policies['identity'] {
    const known = this.#identity.get(arn);
    if (known) return known;
    const role = this.findByArn('AWS::IAM::Role', arn);
    const found = role ? this.#policiesOf(role) : [{ name: arn, document: everything }];
    this.#identity.set(arn, found);
    return found;
  }

  #policiesOf(role: Placed): Policy[] {
    // A policy names roles by their names, also of other stacks of the account.
    const attached = [...this.all('AWS::IAM::Policy'), ...this.all('AWS::IAM::ManagedPolicy')].filter(
      ({ properties, stack: { env } }) =>
        env.account === role.stack.env.account && properties.Roles?.includes(role.names.ref),
    );
    const managed = (role.properties.ManagedPolicyArns ?? []).map((arn: string) => this.#managed(arn));
    const others = attached.map((each) => ({ name: placeOf(each), document: each.properties.PolicyDocument }));
    return [...inlineOf(role), ...others, ...managed];
  }

  #managed(arn: string): Policy {
    const made = this.findByArn('AWS::IAM::ManagedPolicy', arn);
    if (made) return { name: placeOf(made), document: made.properties.PolicyDocument };
    const document = findManagedPolicy(arn);
    if (!document) throw new Error(`what ${arn} says is not known here`);
    return { name: arn, document };
  }

  #boundaryOf(arn: string): Policy | undefined {
    const boundary = this.findByArn('AWS::IAM::Role', arn)?.properties.PermissionsBoundary;
    return boundary === undefined ? undefined : this.#managed(boundary);
  }

  #policyOf(call: Call): Pick<Policies, 'resource' | 'resourceKind'> {
    const resource =
      call.action === 'sts:AssumeRole' || call.action === 'sts:TagSession' ? `trust ${call.resource}` : call.resource;
    const known = this.#resources.get(resource);
    if (known) return known;
    const found = readPolicyOf(this, resource);
    this.#resources.set(resource, found);
    return found;
  }
}

function inlineOf(role: Placed): Policy[] {
  return (role.properties.Policies ?? []).map(({ PolicyDocument }: Json, index: number) => ({
    name: `${placeOf(role)}.Policies[${index}]`,
    document: PolicyDocument,
  }));
}

function isSame(a: DeployedStack, b: DeployedStack): boolean {
  return a.name === b.name && a.env.account === b.env.account && a.env.region === b.env.region;
}

/**
 * A policy of the author's that lets the caller in as far as the caller's own policies go. Deploy roles that the CDK
 * bootstrapped must be named themselves: they may read buckets of their own account only by the policy of the bucket.
 */
function openFor(caller: Caller, action: string): Pick<Policies, 'resource' | 'resourceKind'> {
  const isDeployer = 'role' in caller && /-deploy-role-/.test(caller.role);
  const named = isDeployer ? caller.role : (accountOf(caller) ?? '');
  const Principal = 'service' in caller ? { Service: caller.service } : { AWS: named };
  const document = { Version: '2012-10-17', Statement: { ...everything.Statement, Principal } as Statement };
  const resourceKind = action === 'sts:AssumeRole' ? 'role' : action.startsWith('kms:') ? 'key' : 'other';
  return { resourceKind, resource: { name: "the author's", document } };
}

const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};
