/** Makes the nodes of gates. */
import type { Deployment } from '../model/pipeline.ts';
import type { Step } from '../model/step.ts';
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
    gate: declaredGate(step),
    path: step.path,
    ...(contributedBy === undefined ? {} : { contributedBy }),
  };
}

/** The part of a step's ID behind its owner; for lowered steps it holds the name of the step they stand for. */
export function nameInOwner(step: Step): string {
  return step.id.slice(step.id.indexOf('/') + 1);
}

/** The gate a step stands for: itself, or the step that was lowered to it. */
function declaredGate(step: Step): string {
  return step.id.split('/').slice(0, 2).join('/');
}
