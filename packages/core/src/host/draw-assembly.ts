/** Phase 5 to its end: what a backend drew is in its files, within the limits of AWS, and no gate is missing. */
import type { Inspection } from '../contracts/backend.ts';
import { internalFault, refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import { checkEmittedGates, readGateLedger } from '../plan/gate-ledger.ts';
import type { Project } from './configure.ts';
import { readTemplates } from './emitted-surroundings.ts';
import type { PlannedProject } from './make-plan.ts';
import { type Observer, phaseOf } from './progress.ts';
import { renderPlan } from './render-plan.ts';
import { assertGatesWritten, gatesIn, templatesOf } from './rendered-surroundings.ts';
import { synthApp } from './synth-app.ts';

export interface DrawnAssembly {
  readonly inspection: Inspection;
  /** What validation plugins of the author warn of. */
  readonly warnings: readonly Problem[];
}

/** @param directory where `planned` writes its assembly */
export async function drawAssembly(
  project: Project,
  planned: PlannedProject,
  directory: string,
  observe: Observer,
): Promise<DrawnAssembly> {
  const { inspection, warnings } = await phaseOf(observe, 'render', async () => {
    await renderPlan(project, planned);
    // The author's own changes have been made by now, too: what comes later comes from an aspect or a lazy value.
    const isTapped = project.hooks.render.isUsed();
    const gates = isTapped ? gatesIn(project, planned, templatesOf(planned)) : new Map();
    const warnings = synthApp(planned.app);
    if (isTapped) assertGatesWritten(project, planned, gates, await readTemplates(directory));
    const inspection = await project.backend.inspect(planned.plan, directory, project.backendOptions);
    refuseIfAny(inspection.problems);
    assertGates(planned, inspection);
    return { inspection, warnings, summary: `gates found in what was emitted: ${inspection.gates.length}` };
  });
  return { inspection, warnings };
}

/** The last column of the gate ledger: what was declared and planned must be found in what was emitted. */
function assertGates({ plan }: PlannedProject, { gates }: Inspection): void {
  const [lost] = checkEmittedGates(readGateLedger(plan.pipeline, plan), gates);
  if (lost) throw internalFault(lost);
}
