/** What a role that works in one environment needs to read the artifacts its action is given there. */
import type { Environment } from '@cdkpipe/core';
import { foreignReadGrants, readGrants } from '../artifacts/artifact-grants.ts';
import type { Artifacts } from '../artifacts/artifact-objects.ts';
import type { Grant } from '../contract/grant.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { roleArnOf } from '../iam/arns.ts';
import { physicalName } from '../names/names.ts';
import type { Place } from '../problems/place.ts';

/**
 * A name for a role of a node where its account is not the pipeline's: there the policies of bucket and key, and the
 * pipeline's own role, name it before it exists.
 */
export function findRoleName({ home, plan }: Drawing, nodeId: string, env: Environment, id: string) {
  return env.account === home.account ? undefined : physicalName(plan.pipeline.name, home, { nodeId, env, id });
}

export interface Reading {
  readonly env: Environment;
  /** As {@link findRoleName} gives it. */
  readonly roleName: string | undefined;
  readonly artifacts: Artifacts;
  readonly place: Place;
}

export function readInputs(drawing: Drawing, { env, roleName, artifacts, place }: Reading): Grant[] {
  const store = drawing.stores.in(env.region);
  if (roleName === undefined) return readGrants(store, artifacts);
  const grants = foreignReadGrants(store, artifacts, env, place);
  store.addReader(env.account, roleArnOf(drawing.cdk, env.account, roleName), { kind: 'input', artifacts });
  return grants;
}
