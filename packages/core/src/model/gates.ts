/** The first column of the gate ledger: every gate that a model declares. */
import type { GatedModel } from './held-back.ts';
import type { Step } from './step.ts';
import { stepsOf } from './workflow.ts';

/** Every step that can stop a deployment, in pipeline order; its `id` is its name in the ledger. */
export function gatesOf(pipeline: GatedModel): Step[] {
  return [
    ...(pipeline.update ? stepsOf(pipeline.update.before) : []),
    ...pipeline.waves.flatMap((wave) => [
      ...stepsOf(wave.before),
      ...wave.deployments.flatMap((deployment) => [...stepsOf(deployment.changes), ...stepsOf(deployment.approvals)]),
    ]),
  ];
}
