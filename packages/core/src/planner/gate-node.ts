/** Makes the nodes of gates. */
import type { Deployment } from '../model/pipeline.ts';
import { declaredId, nameInOwner, type Step } from '../model/step.ts';
import type { ApproveNode } from '../plan/node.ts';
import { actionName } from './action-names.ts';
import type { LowerPlace } from './lower-workflow.ts';

/** The group a gate stands in, and who brought its kind. */
export interface GatePlace {
  readonly group: string;
  readonly registry: LowerPlace['registry'];
}

/** An approval of a deployment, or a gate before a wave or the update (then without deployment). */
export function approveNode(
  place: GatePlace,
  step: Step,
  after: readonly string[],
  deployment?: Deployment,
): ApproveNode {
  return {
    type: 'approve',
    id: step.id,
    name: deployment ? actionName(deployment.name, nameInOwner(step)) : actionName('Before', nameInOwner(step)),
    ...gateParts(place, step, after),
    ...(deployment ? { deployment: deployment.name } : {}),
  };
}

export function gateParts({ group, registry }: GatePlace, step: Step, after: readonly string[]) {
  const contributedBy = registry.kinds.get(step.kind)?.plugin.name;
  return {
    group,
    after,
    step,
    gate: declaredId(step),
    path: step.path,
    ...(contributedBy === undefined ? {} : { contributedBy }),
  };
}
