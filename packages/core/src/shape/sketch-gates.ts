/** Finds the gates in a definition as its author wrote it, before options are validated or a hook has run. */
import type { GatedModel } from '../model/held-back.ts';
import type { Step, StepPosition } from '../model/step.ts';
import { stepId, stepOwner } from '../model/step-id.ts';
import type { Workflow } from '../model/workflow.ts';
import { groupNames } from '../plan/plan.ts';
import type { ShapedDefinition } from './definition-schema.ts';
import { isRecord } from './opinions.ts';

/** The gates with their options as written. What is no step is left out; the model refuses it later. */
export function sketchGates({ update, waves }: ShapedDefinition): GatedModel {
  return {
    ...(update ? { update: { before: sketch(update.before, stepOwner.before(groupNames.update), 'wave') } } : {}),
    waves: waves.map(({ name, before, deployments }) => ({
      name,
      before: sketch(before, stepOwner.before(name), 'wave'),
      deployments: deployments.map(({ name, env, changes, approvals }) => ({
        name,
        env,
        changes: sketch(changes, stepOwner.deployment(name), 'change'),
        approvals: sketch(approvals, stepOwner.deployment(name), 'approval'),
      })),
    })),
  };
}

function sketch(value: unknown, owner: string, position: StepPosition): Workflow {
  const all = (type: 'sequence' | 'parallel', items: readonly unknown[]): Workflow => ({
    type,
    items: items.map((item) => sketch(item, owner, position)),
  });
  if (Array.isArray(value)) return all('sequence', value);
  if (!isRecord(value)) return all('sequence', []);
  if (Array.isArray(value.parallel)) return all('parallel', value.parallel);
  const { kind, name, options = {} } = value;
  if (typeof kind !== 'string' || typeof name !== 'string') return all('sequence', []);
  const step: Step = { id: stepId(owner, name), name, kind, position, options, path: '' };
  return { type: 'step', step };
}
