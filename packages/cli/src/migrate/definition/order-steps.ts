/** The order of steps that have dependencies on each other. */
import type { OldStep } from '../old-app/old-app.ts';

/** Groups, one after the other; the steps of a group may run at the same time, as in CDK Pipelines. */
export function orderSteps(steps: readonly OldStep[], others: readonly OldStep[]): OldStep[][] {
  const all = new Map([...others, ...steps].map((step) => [step.key, step]));
  const groups: OldStep[][] = [];
  let waiting = [...steps];
  while (waiting.length > 0) {
    const free = waiting.filter((step) => !waiting.some((other) => other !== step && reaches(step, other.key, all)));
    // CDK Pipelines refuses cycles; were there one, sequence is the safe side.
    const group = free.length > 0 ? free : waiting.slice(0, 1);
    groups.push(group);
    waiting = waiting.filter((step) => !group.includes(step));
  }
  return groups;
}

function reaches(from: OldStep, key: number, all: ReadonlyMap<number, OldStep>, seen = new Set<number>()): boolean {
  if (seen.has(from.key)) return false;
  seen.add(from.key);
  return from.dependsOn.some((next) => {
    const step = all.get(next);
    return next === key || (step !== undefined && reaches(step, key, all, seen));
  });
}
