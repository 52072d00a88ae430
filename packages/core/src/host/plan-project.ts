/** `cdkpipe plan`: the first four phases, and a drawing for backends that find faults only so; nothing kept on disk. */
import type { Emitted } from '../contracts/artifact.ts';
import type { Assembly } from '../contracts/assembly.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import { openTemporaryDirectory } from '../output/temporary-directory.ts';
import type { Plan } from '../plan/plan.ts';
import { configure, type Project } from './configure.ts';
import { drawAssembly } from './draw-assembly.ts';
import { guardingProcess } from './guard-process.ts';
import { makePlan } from './make-plan.ts';
import { phaseOf } from './progress.ts';
import type { PlanReport, ProjectRequest } from './request.ts';
import { startCompileCache } from './start-early.ts';

/**
 * @throws CdkpipeError with every fault of the first phase that has any
 */
export async function planProject(request: ProjectRequest): Promise<PlanReport> {
  return (await planWithProject(request, true)).report;
}

/** What is known of a plan while its files are there. */
export interface PlannedFiles {
  readonly project: Project;
  readonly plan: Plan;
  readonly assembly: Assembly;
  /** Where the assembly is, that of the author's stacks and where it was drawn that of the backend, and files of the project. */
  readonly emitted: Emitted;
  readonly isDrawn: boolean;
}

/**
 * The plan, and the project it was made from.
 *
 * @param draws whether what only drawing finds is to be found, where the backend says that it can be
 */
export async function planWithProject(
  request: ProjectRequest,
  draws: boolean,
): Promise<{ readonly project: Project; readonly report: PlanReport }> {
  return planAndRead(request, draws, () => undefined);
}

/** The same, with what `read` finds in the files before they are removed. */
export function planAndRead<T>(
  request: ProjectRequest,
  draws: boolean,
  read: (files: PlannedFiles) => T | Promise<T>,
): Promise<{ readonly project: Project; readonly report: PlanReport; readonly found: T }> {
  return guardingProcess(request.signal, async (signal) => {
    const observe = request.observe ?? (() => {});
    const compileCache = startCompileCache(request);
    const project = await phaseOf(observe, 'configure', async () => ({
      ...(await configure({ ...request, signal })),
      summary: 'definition read',
    }));
    await using assembly = await openTemporaryDirectory('plan');
    await using waiting = await openTemporaryDirectory('project');
    const emitted = { assembly: assembly.path, project: waiting.path };
    const planned = await makePlan(project, { outdir: assembly.path, allowMissingContext: false, observe });
    // No phase of its own: it makes nothing that anybody gets to see.
    const isDrawn = draws && project.backend.checksByDrawing;
    const drawn = isDrawn ? await drawAssembly(project, planned, emitted, () => {}) : undefined;
    const { plan, layout } = planned;
    compileCache.save();
    const found = await read({
      project,
      plan,
      assembly: planned.assembly,
      emitted,
      isDrawn: isDrawn === true,
    });
    const warnings = [...project.warnings, ...planned.warnings, ...(drawn?.warnings ?? [])];
    if (request.strict === true) refuseIfAny(warnings);
    return { project, report: { file: project.file, plan, layout, warnings }, found };
  });
}
