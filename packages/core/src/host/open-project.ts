/** What `cdkpipe run` needs of the phases: the model at once, the plan as soon as an assembly has been built. */
import { readAssembly } from '../assembly/read-assembly.ts';
import type { Assembly } from '../contracts/assembly.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Plan } from '../plan/plan.ts';
import { planPipeline } from '../planner/plan-pipeline.ts';
import { findOtherOrigin, findOtherPipeline, originOf } from './assembly-origin.ts';
import { configure } from './configure.ts';
import { makeModel, openCdkLibrary, planAssembly } from './make-plan.ts';
import { phaseOf } from './progress.ts';
import type { ProjectRequest } from './request.ts';
import { makeRunHooks, type RunHooks } from './run-hooks.ts';
import { startCompileCache } from './start-early.ts';
import { type RenderStep, stepRenderer, stepRunner } from './step-renderer.ts';

export interface OpenedProject {
  /** What is worth telling and stops nothing, such as plugins that are not the locked ones. */
  readonly warnings: readonly Problem[];
  /** The definition's file. */
  readonly file: string;
  readonly directory: string;
  /** Root of the source, absolute; `directory` is inside of it. */
  readonly sourceRoot: string;
  readonly pipeline: Pipeline;
  /** What the backend's schema made of its options. */
  readonly backendOptions: unknown;
  /** Sources and build only: what can be known before there is an assembly. */
  readonly buildPlan: Plan;
  /**
   * @throws CdkpipeError (`source: 'user'`) `ASSEMBLY_STALE`, `ASSEMBLY_OF_OTHER_PIPELINE` or `ASSEMBLY_NOT_OF_DEFINITION`
   *   where the definition as it is now did not make the cloud assembly in `directory`
   */
  checkAssembly(directory: string): void;
  /**
   * Plans the whole from a cloud assembly on disk.
   *
   * @throws CdkpipeError (`source: 'user'`) `ASSEMBLY_OF_OTHER_PIPELINE`, and those of the phases
   */
  planFrom(directory: string): Promise<{ readonly plan: Plan; readonly assembly: Assembly }>;
  /** Calls the renderer of the node's kind. Faults in it, and in what it returns, name the plugin and the node. */
  readonly renderStep: RenderStep;
  /**
   * Lets what that renderer declared do its work, as long as it takes. Where it wants to end the process, or leaves
   * something behind that fails, the work ends with that, naming the plugin and the node.
   */
  runStep<T>(node: PlanNode, work: () => Promise<T>): Promise<T>;
  /** What plugins tap along a run. */
  readonly runHooks: RunHooks;
}

/**
 * @throws CdkpipeError with every fault of the first phase that has any
 */
export async function openProject(request: ProjectRequest): Promise<OpenedProject> {
  const observe = request.observe ?? (() => {});
  const compileCache = startCompileCache(request);
  const project = await phaseOf(observe, 'configure', async () => ({
    ...(await configure(request)),
    summary: 'definition read',
  }));
  const { pipeline } = await makeModel(project, observe);
  const { backend, backendOptions, registry, hooks, directory } = project;
  const buildPlan = await planPipeline({
    pipeline: { ...pipeline, waves: [] },
    assembly: { deployments: [] },
    registry,
    backend: backend.name,
    capabilities: backend.capabilities(backendOptions),
  });
  refuseIfAny(backend.check(buildPlan, backendOptions));
  return {
    warnings: project.warnings,
    file: project.file,
    directory,
    sourceRoot: project.source.directory,
    pipeline,
    backendOptions,
    buildPlan,
    checkAssembly: (at) => refuseIfAny([findOtherOrigin(at, originOf(project, pipeline)) ?? []].flat()),
    planFrom: async (from) => {
      refuseIfAny([findOtherPipeline(from, pipeline.name) ?? []].flat());
      const { assembly } = await phaseOf(observe, 'assemble', async () => {
        const assembly = readAssembly(pipeline, from, openCdkLibrary(directory));
        await hooks.assembly.promise(assembly);
        const stacks = assembly.deployments.flatMap((deployment) => deployment.stacks).length;
        return { assembly, summary: `stacks: ${stacks}` };
      });
      compileCache.save();
      const { plan } = await planAssembly(project, pipeline, assembly, observe);
      return { assembly, plan };
    },
    renderStep: stepRenderer(project),
    runStep: stepRunner(project),
    runHooks: makeRunHooks(hooks),
  };
}
