/** What an action declares to work in an account and region, and the role it does so with. */
import type { Environment } from '@cdkpipe/core';
import type { Artifacts } from '../artifacts/artifact-objects.ts';
import type { ActionLocation } from '../contract/action-declaration.ts';
import type { Grant } from '../contract/grant.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { accountRoot, roleArnOf } from '../iam/arns.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import type { Place } from '../problems/place.ts';
import { findRoleName, readInputs } from './read-inputs.ts';

const roleId = 'ActionRole';

export interface ActionWork {
  readonly nodeId: string;
  readonly place: Place;
  /** What starting and watching the work takes. */
  readonly grants: readonly Grant[];
  /** Artifacts that the action's role hands to whoever does the work. */
  readonly reads: Artifacts;
}

/** In the pipeline's account its own role does it; elsewhere a role that only the pipeline's may assume. */
export function workIn(drawing: Drawing, env: Environment, work: ActionWork): ActionLocation {
  const { cdk, home } = drawing;
  const { nodeId, place, grants, reads } = work;
  const region = env.region === home.region ? {} : { region: env.region };
  const name = findRoleName(drawing, nodeId, env, roleId);
  if (name === undefined) return { ...region, grants };
  const inputs = reads.length > 0 ? readInputs(drawing, { env, roleName: name, artifacts: reads, place }) : [];
  drawRole(cdk, drawing.scopeOf(nodeId, env), roleId, {
    name,
    role: drawing.pipelineRoleArn,
    accountRoot: accountRoot(cdk, home.account),
    description: `Lets the pipeline ${drawing.plan.pipeline.name} work for "${nodeId}"`,
    statements: statementsOf([...grants, ...inputs]),
  });
  const roleArn = roleArnOf(cdk, env.account, name);
  return {
    ...region,
    roleArn,
    grants: [
      {
        actions: ['sts:AssumeRole'],
        resources: [roleArn],
        reason: 'work in other accounts as the roles of its actions there',
      },
    ],
  };
}
