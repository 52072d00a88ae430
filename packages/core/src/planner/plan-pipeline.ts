/** Pipeline + Assembly → Plan: decides the layout once, without any backend's words. */
import type { Assembly } from '../contracts/assembly.ts';
import type { BackendCapabilities } from '../contracts/capabilities.ts';
import type { Registry } from '../contracts/registry.ts';
import { internalFault, refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import { deepFreeze } from '../model/deep-freeze.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { checkPlannedGates, readGateLedger } from '../plan/gate-ledger.ts';
import type { PlanNode } from '../plan/node.ts';
import { groupNames, type Plan, type PlanGroup, type PlanNote } from '../plan/plan.ts';
import { checkActionNames } from './action-names.ts';
import { checkCapabilities } from './check-capabilities.ts';
import { checkPlatforms } from './check-platforms.ts';
import { connectReferences } from './connect-references.ts';
import type { LowerPlace } from './lower-workflow.ts';
import { planBuild, planSources, sourceNotes } from './plan-build.ts';
import { planUpdate } from './plan-update.ts';
import { planWave } from './plan-wave.ts';
import { resolveProperties } from './resolve-properties.ts';
import { judgePolicies } from './wide-statements.ts';

export interface PlanInput {
  readonly pipeline: Pipeline;
  readonly assembly: Assembly;
  readonly registry: Registry;
  readonly backend: string;
  readonly capabilities: BackendCapabilities;
}

/**
 * @throws CdkpipeError (`source: 'user'`) with everything the backend cannot honour and every reference that leads
 *   nowhere; (`source: 'plugin'`) when a kind lowers wrongly; (`source: 'cdkpipe'`) when a declared gate got lost
 */
export async function planPipeline(input: PlanInput): Promise<Plan> {
  const { assembly, registry, backend, capabilities } = input;
  const unresolved: Problem[] = [];
  const pipeline = resolveProperties(input.pipeline, assembly, unresolved);
  const problems: Problem[] = [
    ...unresolved,
    ...checkCapabilities(pipeline, backend, capabilities),
    ...checkPlatforms({ pipeline, assembly, backend, capabilities }),
  ];
  const notes: PlanNote[] = [...sourceNotes(pipeline), ...judgePolicies(pipeline, capabilities).notes];
  const place: LowerPlace = { backend, registry, pipelineEnv: pipeline.env };

  const sources = planSources(pipeline);
  const build = await planBuild(pipeline, sources.exits, place, problems);
  const { selfUpdate } = capabilities;
  const update = await planUpdate({ pipeline, place, after: build.exits, selfUpdate, problems, notes });
  const nodes: PlanNode[] = [...sources.nodes, ...build.nodes, ...update.nodes];
  let after = update.exits;
  for (const wave of pipeline.waves) {
    const laid = await planWave({ wave, assembly, place, capabilities, after, problems, notes });
    nodes.push(...laid.nodes);
    after = laid.exits;
  }
  const connected = connectReferences(nodes, { pipeline, assembly, backend, capabilities }, problems);
  problems.push(...checkActionNames(connected));
  refuseIfAny(problems);
  return checkPlan({ pipeline, backend, groups: groupsOf(pipeline, capabilities), nodes: connected, notes });
}

/**
 * Freezes a plan whose gates are all there; for the planner's own and for what hooks made of it.
 *
 * @throws CdkpipeError (`source: 'cdkpipe'`) naming each declared gate that the plan lost
 */
export function checkPlan(plan: Plan): Plan {
  const [lost] = checkPlannedGates(readGateLedger(plan.pipeline, plan));
  if (lost) throw internalFault(lost);
  return deepFreeze(plan);
}

function groupsOf(pipeline: Pipeline, { selfUpdate }: BackendCapabilities): PlanGroup[] {
  return [
    { name: groupNames.source, type: 'source', path: 'source' },
    { name: groupNames.build, type: 'build', path: 'build' },
    ...(selfUpdate || pipeline.update
      ? [{ name: groupNames.update, type: 'update', path: pipeline.update ? 'update' : '' } as const]
      : []),
    ...pipeline.waves.map(({ name, path }) => ({ name, type: 'wave', path }) as const),
  ];
}
