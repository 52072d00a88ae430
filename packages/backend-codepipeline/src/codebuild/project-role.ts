/** The role with which a CodeBuild project runs, which may do just what its work needs. */
import { type Environment, refused } from '@cdkpipe/core';
import type { Construct } from 'constructs';
import { encryptGrants, readWriteGrants } from '../artifacts/artifact-grants.ts';
import type { Grant } from '../contract/grant.ts';
import { findRoleName, readInputs } from '../environments/read-inputs.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import { existingRoleUnchanged } from '../problems/existing.ts';
import type { Place } from '../problems/place.ts';
import type { Drawing } from '../render/drawing.ts';
import { cacheGrants } from './build-cache.ts';
import { imageGrants } from './build-image.ts';
import { networkGrants } from './build-network.ts';
import type { BuildWork } from './build-work.ts';
import { cloneGrants } from './clone-grants.ts';
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

/** ARN of the role the author brings, or of one that is drawn. */
export function projectRole(drawing: Drawing, scope: Construct, identity: ProjectIdentity): string {
  return findExistingRole(drawing, identity) ?? drawProjectRole(drawing, scope, identity);
}

/** The role the author brings for projects of the layer in the pipeline's account, which is given nothing more. */
function findExistingRole({ context, home, stores }: Drawing, { work, env, place }: ProjectIdentity) {
  const role = env.account === home.account ? context.options.existing.projectRoles?.[work.layer] : undefined;
  if (role === undefined) return undefined;
  if (work.statements.length > 0) throw refused([existingRoleUnchanged(role, place)]);
  // The policy of a bucket that is drawn lets nobody write who is not named in it.
  if (work.output) stores.in(env.region).addWriter(role);
  return role;
}

function drawProjectRole(drawing: Drawing, scope: Construct, identity: ProjectIdentity): string {
  const { name, logGrants, env, work, place } = identity;
  const { cdk, stores } = drawing;
  const roleName = findRoleName(drawing, work.nodeId, env, 'ProjectRole');
  const writes = work.output !== undefined && roleName === undefined;
  const encrypts = !writes && roleName === undefined && keepsFilesElsewhere(work);
  const grants = [
    ...logGrants,
    ...(writes ? readWriteGrants(stores.in(env.region)) : readInputs(drawing, env, roleName, place)),
    ...(encrypts ? encryptGrants(stores.in(env.region), 'encrypt what it keeps in buckets of yours') : []),
    ...cloneGrants(drawing, work.inputs, env, place),
    ...secretGrants(cdk, env, [...work.variables, ...buildSpecReferences(work.buildSpec)]),
    ...reportGrants(cdk, env, name, work.buildSpec),
    ...imageGrants(cdk, env, work.image),
    ...networkGrants(cdk, env, work.vpc),
    ...cacheGrants(cdk, work.cache),
    ...work.grants,
  ];
  const { attrArn } = drawRole(cdk, scope, 'Role', {
    ...(roleName === undefined ? {} : { name: roleName }),
    service: 'codebuild.amazonaws.com',
    account: env.account,
    sourceArn: projectArn(drawing, env, name),
    description: work.description,
    statements: [...statementsOf(grants), ...work.statements],
  });
  if (writes) stores.in(env.region).addWriter(attrArn);
  return attrArn;
}

/** CodeBuild encrypts a cache and a log in S3 with the key of the project, as it does artifacts. */
function keepsFilesElsewhere({ cache, logging }: BuildWork): boolean {
  return cache?.type === 's3' || (logging?.s3 !== undefined && logging.s3.encrypted !== false);
}

export function projectArn({ cdk }: Drawing, { account, region }: Environment, name: string): string {
  return `arn:${cdk.partition}:codebuild:${region}:${account}:project/${name}`;
}
