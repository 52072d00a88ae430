/** Digests: what a run follows, and what a person decides about. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Model, plan and every JSON file of the assembly; assets are named by what they hold. */
export function digestPlan(plan: Plan, assemblyDirectory: string): string {
  const files = readdirSync(assemblyDirectory, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.json') && !file.split('/').some((part) => part.startsWith('asset.')))
    .filter((file) => /(^|\/)(manifest|[^/]+\.template|[^/]+\.assets)\.json$/.test(file))
    .sort();
  const contents = files.map((file) => [file, digestOf(readFileSync(join(assemblyDirectory, file), 'utf8'))]);
  return digestOf({ plan, contents });
}
