/** Phases 2 to 4, model, assemble and plan: together what `synth` and `plan` need, one by one for `run`. */
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { buildAssembly } from '../assembly/build-assembly.ts';
import { readContext } from '../assembly/read-context.ts';
import { findCdkLibrary } from '../cdk/cdk-library.ts';
import type { Assembly } from '../contracts/assembly.ts';
import type { CdkLibrary } from '../contracts/backend.ts';
import { refused, refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import { stateDirectory } from '../files/state-directory.ts';
import { expectGlobals } from '../hooks/patched-globals.ts';
import { deepFreeze } from '../model/deep-freeze.ts';
import { gatesOf } from '../model/gates.ts';
import { deploymentsOf, type Pipeline } from '../model/pipeline.ts';
import { checkRegions } from '../modelling/check-regions.ts';
import { modelPipeline } from '../modelling/model-pipeline.ts';
import { type Layout, layOutByRank } from '../plan/layout.ts';
import { isGate } from '../plan/node.ts';
import type { Plan, PlanNote } from '../plan/plan.ts';
import { planPipeline } from '../planner/plan-pipeline.ts';
import { judgePolicies } from '../planner/wide-statements.ts';
import { checkRules } from '../rules/check-rules.ts';
import type { Project } from './configure.ts';
import { type Observer, phaseOf } from './progress.ts';

export interface PlannedProject {
  readonly app: App;
  readonly cdk: CdkLibrary;
  readonly assembly: Assembly;
  readonly plan: Plan;
  readonly layout: Layout;
  /** What the definition, constructs of the author's stacks and lint rules warn of, and what the definition allows too much. */
  readonly warnings: readonly Problem[];
}

export interface PlanSettings {
  /** Where the cloud assembly is written. */
  readonly outdir: string;
  /** Where it will be in the end; `cdk.out` of the project where it is not kept. */
  readonly target?: string;
  readonly allowMissingContext: boolean;
  readonly observe: Observer;
}

export async function makePlan(project: Project, settings: PlanSettings): Promise<PlannedProject> {
  const { hooks, directory, signal } = project;
  const { observe } = settings;

  const { pipeline, builders, stageProps } = await makeModel(project, observe);
  signal.throwIfAborted();

  const { app, assembly, cdk, warnings } = await phaseOf(observe, 'assemble', async () => {
    const cdk = openCdkLibrary(directory);
    const built = await buildAssembly({
      pipeline,
      builders,
      stageProps,
      cdk,
      context: readContext(directory, { given: project.context }),
      outdir: settings.outdir,
      projectDirectory: directory,
      hidden: [stateDirectory(directory), settings.target ?? join(directory, 'cdk.out')],
      allowMissingContext: settings.allowMissingContext,
      stacksTimeoutMs: project.stacksTimeoutMs,
      signal,
    });
    // The author's own code ran, and so did the CDK for the first time.
    expectGlobals();
    await hooks.assembly.promise(built.assembly);
    return { ...built, cdk, summary: `stacks: ${built.assembly.deployments.flatMap(({ stacks }) => stacks).length}` };
  });
  signal.throwIfAborted();

  const planned = await planAssembly(project, pipeline, assembly, observe);
  const judged = await checkRules(planned.plan, project.rules, project);
  signal.throwIfAborted();
  return {
    app,
    cdk,
    assembly,
    ...planned,
    plan: withNotes(planned.plan, judged.notes),
    warnings: [...checkRegions(pipeline), ...warnings, ...planned.warnings, ...judged.warnings],
  };
}

function withNotes(plan: Plan, notes: readonly PlanNote[]): Plan {
  return notes.length > 0 ? deepFreeze({ ...plan, notes: [...plan.notes, ...notes] }) : plan;
}

/** Phase 2, model: what someone wants, as data. */
export function makeModel({ definition, registry, hooks, source }: Project, observe: Observer) {
  return phaseOf(observe, 'model', async () => {
    const modelled = await modelPipeline(definition, registry, source.place);
    const pipeline = await hooks.model.promise(modelled.pipeline);
    const deployments = deploymentsOf(pipeline).length;
    const summary = `waves: ${pipeline.waves.length}, deployments: ${deployments}, gates: ${gatesOf(pipeline).length}`;
    return { ...modelled, pipeline, summary };
  });
}

/** Phase 4, plan: the graph of the model and what its stacks became. */
export async function planAssembly(
  { registry, hooks, backend, backendOptions }: Project,
  pipeline: Pipeline,
  assembly: Assembly,
  observe: Observer,
): Promise<{ readonly plan: Plan; readonly layout: Layout; readonly warnings: readonly Problem[] }> {
  const { plan, layout, warnings } = await phaseOf(observe, 'plan', async () => {
    const capabilities = backend.capabilities(backendOptions);
    const planned = await planPipeline({ pipeline, assembly, registry, backend: backend.name, capabilities });
    const plan = await hooks.plan.promise(planned);
    refuseIfAny(backend.check(plan, backendOptions));
    const layout = backend.layOut?.(plan, backendOptions) ?? layOutByRank(plan);
    return {
      plan,
      layout,
      warnings: [
        ...judgePolicies(plan.pipeline, capabilities).warnings,
        ...(backend.warn?.(plan, backendOptions) ?? []),
      ],
      summary: `actions: ${plan.nodes.length}, gates among them: ${plan.nodes.filter(isGate).length}`,
    };
  });
  return { plan, layout, warnings };
}

export function openCdkLibrary(directory: string): CdkLibrary {
  const found = findCdkLibrary(directory);
  if ('code' in found) throw refused([found]);
  return found;
}
