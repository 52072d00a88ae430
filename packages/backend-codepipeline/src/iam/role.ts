/** Draws a role that one service, or one other role, may assume, with exactly the statements it is given. */
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { limits } from '../limits.ts';
import type { CdkModules } from '../modules.ts';
import { referenceLength } from './document-size.ts';
import { splitStatements } from './split-statements.ts';
import type { ReasonedStatement } from './statements.ts';
import { type Trust, trustPolicy } from './trust.ts';

/** Key of the metadata that says why each statement of a role or managed policy is there, in the same order. */
export const reasonsKey = 'cdkpipe:reasons';

export type RoleSpec = Trust & {
  readonly description: string;
  readonly statements: readonly ReasonedStatement[];
  /** Physical name, where another stack or a policy refers to the role; else CloudFormation makes one. */
  readonly name?: string;
};

/** The statements stand in the role itself, and what is too much for it in managed policies. */
export function drawRole(cdk: CdkModules, scope: Construct, id: string, spec: RoleSpec): CfnRole {
  const [own = [], ...more] = documentsOf(cdk, scope, spec.statements);
  const role = new cdk.iam.CfnRole(scope, id, {
    ...(spec.name === undefined ? {} : { roleName: spec.name }),
    description: spec.description,
    assumeRolePolicyDocument: trustPolicy(spec),
    ...(own.length > 0 ? { policies: [{ policyName: 'cdkpipe', policyDocument: document(own) }] } : {}),
  });
  explain(role, own);
  if (more.length > 0) role.managedPolicyArns = drawManagedPolicies(cdk, scope, id, more);
  return role;
}

function drawManagedPolicies(
  cdk: CdkModules,
  scope: Construct,
  id: string,
  documents: readonly (readonly ReasonedStatement[])[],
): string[] {
  return documents.map((statements, index) => {
    const policyDocument = document(statements);
    const policy = new cdk.iam.CfnManagedPolicy(scope, `${id}Policy${index + 1}`, { policyDocument });
    explain(policy, statements);
    return policy.ref;
  });
}

/** Resolving takes time, so small documents are let through by what they are at most. */
function documentsOf(
  cdk: CdkModules,
  scope: Construct,
  statements: readonly ReasonedStatement[],
): readonly (readonly ReasonedStatement[])[] {
  const { inlinePolicies, managedPolicy } = limits;
  const text = JSON.stringify(document(statements));
  const references = text.split('${Token[').length - 1;
  if (text.length + references * referenceLength <= inlinePolicies.max) return [statements];
  const stack = cdk.core.Stack.of(scope);
  const resolved = statements.map(({ statement, reason }) => ({ statement: stack.resolve(statement), reason }));
  return splitStatements(resolved, [inlinePolicies.max, managedPolicy.max]);
}

function document(statements: readonly ReasonedStatement[]): unknown {
  return { Version: '2012-10-17', Statement: statements.map(({ statement }) => statement) };
}

function explain(
  resource: { addMetadata(key: string, value: unknown): void },
  statements: readonly ReasonedStatement[],
) {
  if (statements.length > 0)
    resource.addMetadata(
      reasonsKey,
      statements.map(({ reason }) => reason),
    );
}
