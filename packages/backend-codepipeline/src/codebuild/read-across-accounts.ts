/** Lets a build in another account ask the pipeline for values: by a role beside the pipeline that only its own role may assume. */
import type { Environment, PlanNode } from '@cdkpipe/core';
import type { Grant } from '../contract/grant.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { findRoleName } from '../environments/read-inputs.ts';
import { accountRoot, roleArnOf } from '../iam/arns.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import { physicalName } from '../names/names.ts';

/** Its construct; only builds of other accounts refer to it. */
export const valueRoleId = 'ValueRole';

export interface ReadingRole {
  readonly roleArn: string;
  /** What the build needs to assume the role. */
  readonly grant: Grant;
}

/**
 * CodePipeline answers only callers of its own account.
 *
 * @param grant what the build may ask
 * @returns undefined where the build runs in the pipeline's account and needs no other role
 */
export function readAcrossAccounts(
  drawing: Drawing,
  { node, env }: { readonly node: PlanNode; readonly env: Environment },
  grant: Grant,
): ReadingRole | undefined {
  const { cdk, home, plan } = drawing;
  const reader = findRoleName(drawing, node.id, env, 'ProjectRole');
  if (reader === undefined) return undefined;
  const name = physicalName(plan.pipeline.name, home, { nodeId: node.id, env: home, id: valueRoleId });
  drawRole(cdk, drawing.scopeOf(node.id, home), valueRoleId, {
    name,
    role: roleArnOf(cdk, env.account, reader),
    accountRoot: accountRoot(cdk, env.account),
    description: `Lets "${node.id}" look up values`,
    statements: statementsOf([grant]),
  });
  const roleArn = roleArnOf(cdk, home.account, name);
  return {
    roleArn,
    grant: { actions: ['sts:AssumeRole'], resources: [roleArn], reason: 'look up the values its variables refer to' },
  };
}
