/** What the cases of the evaluator are made of: the request of a role to read an object, and what differs from it. */
import type { Policies, Policy, Request, Statement } from './policy.test.fixture.ts';

const guide = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
export const sources = {
  single: `${guide}/reference_policies_evaluation-logic_policy-eval-basics.html`,
  cross: `${guide}/reference_policies_evaluation-logic-cross-account.html`,
  principal: `${guide}/reference_policies_elements_principal.html`,
  notPrincipal: `${guide}/reference_policies_elements_notprincipal.html`,
  notAction: `${guide}/reference_policies_elements_notaction.html`,
  notResource: `${guide}/reference_policies_elements_notresource.html`,
  resource: `${guide}/reference_policies_elements_resource.html`,
  operators: `${guide}/reference_policies_elements_condition_operators.html`,
  sets: `${guide}/reference_policies_condition-single-vs-multi-valued-context-keys.html`,
  variables: `${guide}/reference_policies_variables.html`,
  boundaries: `${guide}/access_policies_boundaries.html`,
  passRole: `${guide}/id_roles_use_passrole.html`,
  key: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
  keyAcross: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  viaService: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
  grants: 'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
} as const;

export const home = '111111111111';
export const other = '222222222222';
export const role = `arn:aws:iam::${home}:role/worker`;
export const root = `arn:aws:iam::${home}:root`;
export const session = `arn:aws:sts::${home}:assumed-role/worker/run`;
export const object = 'arn:aws:s3:::acme/a/b.txt';
export const bucket = 'arn:aws:s3:::acme';
export const key = `arn:aws:kms:eu-west-1:${home}:key/1`;
export const target = `arn:aws:iam::${other}:role/target`;

export const policy = (name: string, ...statements: readonly Statement[]): Policy => ({
  name,
  document: { Version: '2012-10-17', Statement: statements },
});
export const allow = (more: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  ...more,
});
export const deny = (more: Partial<Statement> = {}): Statement => ({ ...allow(more), Effect: 'Deny' });

export interface Case {
  readonly says: string;
  readonly source: keyof typeof sources;
  readonly expected: 'allowed' | 'denied';
  readonly request?: Partial<Request>;
  readonly identity?: readonly Statement[];
  readonly boundary?: Statement;
  readonly resource?: readonly Statement[];
  readonly kind?: Policies['resourceKind'];
  readonly grants?: Policies['grants'];
  /** Version of the identity policy. */
  readonly version?: string;
}

export const everyone = { Principal: '*' } as const;
export const byAccount = { Principal: { AWS: home } } as const;
export const byRole = { Principal: { AWS: role } } as const;
export const elsewhere = { owner: other } as const;
export const reading = (conditions: Statement['Condition']) => [allow({ Condition: conditions ?? {} })];
export const assume = { action: 'sts:AssumeRole', resource: target } as const;
export const decrypt = { action: 'kms:Decrypt', resource: key } as const;
export const mayAssume = allow({ Action: 'sts:AssumeRole', Resource: target });
export const mayDecrypt = allow({ Action: 'kms:Decrypt', Resource: key });
