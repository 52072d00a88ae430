/** Digests: what a run follows, and what a person decides about. */
import type { Pipeline, Plan } from '@cdkpipe/core';
import { digestOf } from '@cdkpipe/deployer-cloudformation';

export function digestModel(pipeline: Pipeline): string {
  return digestOf(pipeline);
}

/**
 * Model, plan and every file of the assembly.
 *
 * @param seal digests of the files
 */
export function digestPlan(plan: Plan, seal: Readonly<Record<string, string>>): string {
  return digestOf({ plan, seal });
}
