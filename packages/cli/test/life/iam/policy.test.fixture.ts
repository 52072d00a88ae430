/** A policy document as IAM reads it, and the request that it is held against. */

export type OneOrMore<T> = T | readonly T[];

/** `*`, or identifiers by their kind: `AWS`, `Service`, `Federated`. */
export type PrincipalElement = '*' | Readonly<Record<string, OneOrMore<string>>>;

export type ConditionElement = Readonly<Record<string, Readonly<Record<string, OneOrMore<string | boolean>>>>>;

/** A statement, with intrinsics resolved. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: OneOrMore<string>;
  readonly NotAction?: OneOrMore<string>;
  readonly Resource?: OneOrMore<string>;
  readonly NotResource?: OneOrMore<string>;
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Condition?: ConditionElement;
}

export interface PolicyDocument {
  /** Variables such as `${aws:PrincipalArn}` are text before `2012-10-17`. */
  readonly Version?: string;
  readonly Statement: OneOrMore<Statement>;
}

/** A document, and where it stands, for messages and for counting what is used. */
export interface Policy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** Values of condition keys; a key with several values at once has a list. Keys are compared without case. */
export type Context = Readonly<Record<string, OneOrMore<string>>>;

/** Who asks: a session of a role, an AWS service in its own name, or somebody with all rights of an account. */
export type Caller =
  | { readonly role: string; readonly session?: string }
  | { readonly service: string }
  | { readonly root: string };

export interface Request {
  readonly caller: Caller;
  readonly action: string;
  /** ARN, or `*` for actions that know no resource. */
  readonly resource: string;
  /** Account that owns the resource. */
  readonly owner: string;
  readonly context: Context;
}

/** What KMS notes beside the policy of a key: the grantee may do this without any policy that says so. */
export interface KeyGrant {
  readonly grantee: string;
  readonly operations: readonly string[];
}

/** All policies that apply to a request. */
export interface Policies {
  /** Of the calling role: inline and managed. */
  readonly identity: readonly Policy[];
  /** Permissions boundary of the calling role. */
  readonly boundary?: Policy;
  /** Of the resource. */
  readonly resource?: Policy;
  /**
   * Trust policies of roles and policies of keys must allow the caller themselves, also in their own account; for other
   * resources there it is enough that either side allows.
   */
  readonly resourceKind?: 'role' | 'key' | 'other';
  readonly grants?: readonly KeyGrant[];
}

export function listOf<T>(value: OneOrMore<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

export function accountOf(caller: Caller): string | undefined {
  if ('root' in caller) return caller.root;
  return 'role' in caller ? caller.role.split(':')[4] : undefined;
}
