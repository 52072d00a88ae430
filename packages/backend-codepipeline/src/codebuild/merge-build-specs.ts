/** Puts parts of buildspecs together. */
import type { PartialBuildSpec } from '@cdkpipe/core';

/** Objects are merged by key, lists put behind each other; of single values the last part's stands. */
export function mergeBuildSpecs(parts: readonly (PartialBuildSpec | undefined)[]): PartialBuildSpec {
  return parts.reduce<PartialBuildSpec>((merged, part) => merge(merged, part) as PartialBuildSpec, {});
}

function merge(first: unknown, then: unknown): unknown {
  if (then === undefined) return first;
  if (Array.isArray(first) && Array.isArray(then)) return [...first, ...then];
  if (!isRecord(first) || !isRecord(then)) return then;
  const keys = new Set([...Object.keys(first), ...Object.keys(then)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(first[key], then[key])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
