/** Draws a role that one service, or one other role, may assume, with exactly the statements it is given. */
import type { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { limits } from '../aws/limits.ts';
import type { CdkModules } from '../aws/modules.ts';
import { referenceLength } from './document-size.ts';
import { explain } from './explain.ts';
import { policyDocument } from './policy-document.ts';
import { sharedPolicies } from './shared-policies.ts';
import { splitStatements } from './split-statements.ts';
import type { ReasonedStatement } from './statements.ts';
import { type Trust, trustPolicy } from './trust.ts';

export type RoleSpec = Trust & {
  readonly description: string;
  readonly statements: readonly ReasonedStatement[];
  /** Physical name, where another stack or a policy refers to the role; else CloudFormation makes one. */
  readonly name?: string;
};

/** What many roles need stands in shared policies, the rest in the role itself, and what is too much for it in managed policies. */
export function drawRole(cdk: CdkModules, scope: Construct, id: string, spec: RoleSpec): CfnRole {
  const [own = [], ...more] = documentsOf(
    cdk,
    scope,
    spec.statements.filter(({ policy }) => policy === undefined),
  );
  const role = new cdk.iam.CfnRole(scope, id, {
    ...(spec.name === undefined ? {} : { roleName: spec.name }),
    description: spec.description,
    assumeRolePolicyDocument: trustPolicy(spec),
    ...(own.length > 0 ? { policies: [{ policyName: 'cdkpipe', policyDocument: policyDocument(own) }] } : {}),
  });
  explain(cdk, role, own);
  const managed = [
    ...sharedPolicies(cdk, cdk.core.Stack.of(scope), spec.statements).map((policy) => policy.ref),
    ...drawManagedPolicies(cdk, scope, id, more),
  ];
  if (managed.length > 0) role.managedPolicyArns = managed;
  return role;
}

function drawManagedPolicies(
  cdk: CdkModules,
  scope: Construct,
  id: string,
  documents: readonly (readonly ReasonedStatement[])[],
): string[] {
  return documents.map((statements, index) => {
    const properties = { policyDocument: policyDocument(statements) };
    const policy = new cdk.iam.CfnManagedPolicy(scope, `${id}Policy${index + 1}`, properties);
    explain(cdk, policy, statements);
    return policy.ref;
  });
}

/**
 * Attaches statements to a role of another stack, which must be deployed before. As managed policies: inline policies of a
 * role share one limit, which the role's own stack may use up.
 */
export function attachPolicies(
  cdk: CdkModules,
  scope: Construct,
  roleName: string,
  statements: readonly ReasonedStatement[],
): CfnManagedPolicy[] {
  const { managedPolicy } = limits;
  const shared = sharedPolicies(cdk, cdk.core.Stack.of(scope), statements);
  for (const policy of shared) policy.roles = [...(policy.roles ?? []), roleName];
  const rest = statements.filter(({ policy }) => policy === undefined);
  const documents = rest.length === 0 ? [] : documentsOf(cdk, scope, rest, [managedPolicy.max, managedPolicy.max]);
  const own = documents.map((document, index) => {
    const properties = { policyDocument: policyDocument(document), roles: [roleName] };
    const policy = new cdk.iam.CfnManagedPolicy(scope, `RolePolicy${index + 1}`, properties);
    explain(cdk, policy, document);
    return policy;
  });
  return [...shared, ...own];
}

/** Resolving takes time, so small documents are let through by what they are at most. */
function documentsOf(
  cdk: CdkModules,
  scope: Construct,
  statements: readonly ReasonedStatement[],
  sizes: readonly [number, ...number[]] = [limits.inlinePolicies.max, limits.managedPolicy.max],
): readonly (readonly ReasonedStatement[])[] {
  const text = JSON.stringify(policyDocument(statements));
  const references = text.split('${Token[').length - 1;
  if (text.length + references * referenceLength <= sizes[0]) return [statements];
  const stack = cdk.core.Stack.of(scope);
  const resolved = statements.map((each) => ({ ...each, statement: stack.resolve(each.statement) }));
  return splitStatements(resolved, sizes);
}
