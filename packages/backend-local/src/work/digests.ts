/** Digests: what a run follows, and what a person decides about. */
import { createHash } from 'node:crypto';
import type { Pipeline, Plan } from '@cdkpipe/core';

export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** The order of keys says nothing, that of lists does. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

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
