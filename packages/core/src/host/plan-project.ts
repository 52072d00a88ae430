/** `cdkpipe plan`: the first four phases, and a drawing for backends that find faults only so; nothing kept on disk. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/**
 * The plan, and the project it was made from.
 *
 * @param draws whether what only drawing finds is to be found, where the backend says that it can be
 */
export function planWithProject(
  request: ProjectRequest,
  draws: boolean,
): Promise<{ readonly project: Project; readonly report: PlanReport }> {
  return guardingProcess(request.signal, async (signal) => {
    const observe = request.observe ?? (() => {});
    const compileCache = startCompileCache(request);
    const project = await phaseOf(observe, 'configure', async () => ({
      ...(await configure({ ...request, signal })),
      summary: 'definition read',
    }));
    const outdir = await mkdtemp(join(tmpdir(), 'cdkpipe-plan-'));
    try {
      const planned = await makePlan(project, { outdir, allowMissingContext: false, observe });
      // No phase of its own: it makes nothing that anybody gets to see.
      const isDrawn = draws && project.backend.checksByDrawing;
      const drawn = isDrawn ? await drawAssembly(project, planned, outdir, () => {}) : undefined;
      const { plan, layout } = planned;
      compileCache.save();
      const warnings = [...project.warnings, ...planned.warnings, ...(drawn?.warnings ?? [])];
      return { project, report: { file: project.file, plan, layout, warnings } };
    } finally {
      await rm(outdir, { recursive: true, force: true });
    }
  });
}
