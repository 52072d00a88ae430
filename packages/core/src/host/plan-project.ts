/** `cdkpipe plan`: the first four phases, nothing kept on disk. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configure } from './configure.ts';
import { makePlan } from './make-plan.ts';
import { phaseOf } from './progress.ts';
import type { PlanReport, ProjectRequest } from './request.ts';
import { startCompileCache } from './start-early.ts';

/**
 * @throws CdkpipeError with every fault of the first phase that has any
 */
export async function planProject(request: ProjectRequest): Promise<PlanReport> {
  const observe = request.observe ?? (() => {});
  const compileCache = startCompileCache(request);
  const project = await phaseOf(observe, 'configure', async () => ({
    ...(await configure(request)),
    summary: 'definition read',
  }));
  const outdir = await mkdtemp(join(tmpdir(), 'cdkpipe-plan-'));
  try {
    const { plan } = await makePlan(project, { outdir, allowMissingContext: false, observe });
    compileCache.save();
    return { file: project.file, plan, warnings: [] };
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}
