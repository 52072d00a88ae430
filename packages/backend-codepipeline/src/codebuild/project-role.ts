/** The role with which a CodeBuild project runs, which may do just what its work needs. */
import { type Environment, refused } from '@cdkpipe/core';
import type { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { encryptGrants, readWriteGrants } from '../artifacts/artifact-grants.ts';
import type { Grant } from '../contract/grant.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { findRoleName, readInputs } from '../environments/read-inputs.ts';
import { roleArnOf } from '../iam/arns.ts';
import { attachPolicies, drawRole } from '../iam/role.ts';
import { type ReasonedStatement, statementsOf } from '../iam/statements.ts';
import type { ServiceTrust } from '../iam/trust.ts';
import { physicalName } from '../names/names.ts';
import { existingRoleUnchanged } from '../problems/existing.ts';
import type { Place } from '../problems/place.ts';
import { cloneGrants } from '../sources/clone-grants.ts';
import { cacheGrants } from './build-cache.ts';
import { imageGrants } from './build-image.ts';
import { networkGrants } from './build-network.ts';
import type { BuildOutput } from './build-output.ts';
import type { BuildWork } from './build-work.ts';
import { reportGrants } from './report-grants.ts';
import { secretGrants } from './secret-grants.ts';
import { buildSpecReferences } from './variables.ts';

export interface ProjectIdentity {
  readonly name: string;
  readonly logGrants: readonly Grant[];
  readonly env: Environment;
  readonly work: BuildWork;
  readonly place: Place;
}

export interface ProjectRole {
  readonly arn: string;
  /** Policies that are attached to the role from the project's stack. */
  readonly attached?: readonly CfnManagedPolicy[];
}

/** The role the author provides, or one that is rendered. */
export function projectRole(drawing: Drawing, scope: Construct, identity: ProjectIdentity): ProjectRole {
  const existing = findExistingRole(drawing, identity);
  return existing === undefined ? drawProjectRole(drawing, scope, identity) : { arn: existing };
}

/** The role the author brings for projects of the layer in the pipeline's account, which is given nothing more. */
function findExistingRole({ context, home, stores }: Drawing, { work, env, place }: ProjectIdentity) {
  const role = env.account === home.account ? context.options.existing.projectRoles?.[work.layer] : undefined;
  if (role === undefined) return undefined;
  if (work.statements.length > 0) throw refused([existingRoleUnchanged(role, place)]);
  // The policy of a bucket that is drawn lets nobody write who is not named in it.
  if (work.outputs) stores.in(env.region).addWriter(role, accessOf(work));
  return role;
}

function drawProjectRole(drawing: Drawing, scope: Construct, identity: ProjectIdentity): ProjectRole {
  const { name, logGrants, env, work, place } = identity;
  const { cdk, stores } = drawing;
  const roleName = findRoleName(drawing, work.nodeId, env, 'ProjectRole');
  const writes = work.outputs !== undefined && roleName === undefined;
  const encrypts = !writes && roleName === undefined && keepsFilesElsewhere(work);
  const grants = [
    ...logGrants,
    ...(writes
      ? readWriteGrants(stores.in(env.region), accessOf(work))
      : readInputs(drawing, { env, roleName, artifacts: work.inputs, place })),
    ...(encrypts ? encryptGrants(stores.in(env.region), 'encrypt what it keeps in buckets of yours') : []),
    ...cloneGrants(drawing, work.inputs, env, place),
    ...secretGrants(cdk, env, [...work.variables, ...buildSpecReferences(work.buildSpec)]),
    ...reportGrants(cdk, env, name, work.buildSpec),
    ...imageGrants(cdk, env, work.image),
    ...networkGrants(cdk, env, work.vpc),
    ...cacheGrants(cdk, work.cache),
    ...work.grants,
  ];
  const statements = [...statementsOf(grants), ...work.statements];
  const trust = { service: 'codebuild.amazonaws.com', account: env.account, sourceArn: projectArn(drawing, env, name) };
  if (work.earlyGrants)
    return drawEarlyRole(drawing, scope, { nodeId: work.nodeId, trust, early: work.earlyGrants, statements });
  const { attrArn } = drawRole(cdk, scope, 'Role', {
    ...(roleName === undefined ? {} : { name: roleName }),
    ...trust,
    description: work.description,
    statements,
  });
  if (writes) stores.in(env.region).addWriter(attrArn, accessOf(work));
  return { arn: attrArn };
}

/** An action writes its own artifacts only: no other can change what one has read, or a gate has seen. */
function accessOf({ inputs, outputs = [] }: Pick<BuildWork, 'inputs'> & { readonly outputs?: readonly BuildOutput[] }) {
  return { reads: inputs, writes: outputs.map(({ artifact }) => artifact) };
}

interface EarlyRole {
  readonly nodeId: string;
  readonly trust: ServiceTrust;
  readonly early: readonly Grant[];
  /** May refer to resources of the project's stack, which the role's own stack cannot know. */
  readonly statements: readonly ReasonedStatement[];
}

/** The role has a fixed name, so that no stack needs an export of another: an export in use cannot change. */
function drawEarlyRole(drawing: Drawing, scope: Construct, spec: EarlyRole): ProjectRole {
  const { cdk, home, plan, stacks } = drawing;
  const { nodeId, trust, early, statements } = spec;
  const name = physicalName(plan.pipeline.name, home, { nodeId, env: home, id: 'ProjectRole' });
  drawRole(cdk, stacks.makeUpdateStack(), 'Role', {
    name,
    ...trust,
    description: `Updates the pipeline ${plan.pipeline.name}`,
    statements: statementsOf(early),
  });
  return { arn: roleArnOf(cdk, home.account, name), attached: attachPolicies(cdk, scope, name, statements) };
}

/** CodeBuild encrypts a cache and a log in S3 with the key of the project, as it does artifacts. */
function keepsFilesElsewhere({ cache, logging }: BuildWork): boolean {
  return cache?.type === 's3' || (logging?.s3 !== undefined && logging.s3.encrypted !== false);
}

export function projectArn({ cdk }: Drawing, { account, region }: Environment, name: string): string {
  return `arn:${cdk.partition}:codebuild:${region}:${account}:project/${name}`;
}
