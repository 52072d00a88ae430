/** Warns of regions that AWS is not known to have, each once: most are typing errors, and cost a run before anybody notices. */
import { regionUnknown } from '../errors/catalogue/definition.ts';
import { findNearMisses } from '../errors/near-misses.ts';
import type { Problem } from '../errors/problem.ts';
import { gatesOf } from '../model/gates.ts';
import { knownRegions } from '../model/known-regions.ts';
import { deploymentsOf, type Pipeline } from '../model/pipeline.ts';
import { stepsOf } from '../model/workflow.ts';

export function checkRegions(pipeline: Pipeline): Problem[] {
  const { build, env } = pipeline;
  const steps = [...stepsOf(build.before), ...stepsOf(build.after), ...gatesOf(pipeline)];
  const places = new Map<string, string>();
  const add = (region: string, path: string) => places.set(region, places.get(region) ?? path);
  add(env.region, 'env.region');
  for (const { path, env } of deploymentsOf(pipeline)) add(env.region, `${path}.env.region`);
  for (const { path, runIn } of steps) if (runIn) add(runIn.region, `${path}.runIn`);
  return [...places]
    .filter(([region]) => !knownRegions.includes(region))
    .map(([region, path]) => regionUnknown(path, region, findNearMisses(region, knownRegions)));
}
