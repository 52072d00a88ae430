/** What `lower` is told of a step's place, as the planner tells it. */
import type { LowerContext, StepPosition } from '@cdkpipe/core';
import { deploymentEnv, pipelineEnv } from './definition.ts';
import { emittingBackend } from './tried-backends.ts';

export function contextAt(position: StepPosition): LowerContext {
  const inDeployment = position === 'change' || position === 'approval';
  return {
    name: 'Tried',
    position,
    backend: emittingBackend.name,
    pipelineEnv,
    ...(inDeployment ? { deploymentEnv } : {}),
  };
}
