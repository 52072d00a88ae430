/** Phase 5 to its end: what a backend drew is in its files, within the limits of AWS, and no gate is missing. */
import type { Artifact, Emitted } from '../contracts/artifact.ts';
import type { Inspection } from '../contracts/backend.ts';
import { projectFileLeft } from '../errors/catalogue/output.ts';
import { artifactInvalid } from '../errors/catalogue/plugins.ts';
import { internalFault, pluginFailed, refuseIfAny, unreachable } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import { checkProjectFiles, findLeftFiles, type ProjectFiles } from '../output/project-files.ts';
import { stageArtifacts } from '../output/stage-artifacts.ts';
import { checkEmittedGates, readGateLedger } from '../plan/gate-ledger.ts';
import type { Project } from './configure.ts';
import { readContent } from './emitted-surroundings.ts';
import type { PlannedProject } from './make-plan.ts';
import { type Observer, phaseOf } from './progress.ts';
import { renderPlan } from './render-plan.ts';
import { assertGatesWritten, gatesIn, templatesOf, textsOf } from './rendered-surroundings.ts';
import { synthApp } from './synth-app.ts';

export interface DrawnAssembly {
  readonly inspection: Inspection;
  /** What validation plugins of the author warn of, and files of an earlier drawing that this one no longer makes. */
  readonly warnings: readonly Problem[];
}

/** @param emitted where `planned` writes its assembly, and where the files of the project wait */
export async function drawAssembly(
  project: Project,
  planned: PlannedProject,
  emitted: Emitted,
  observe: Observer,
): Promise<DrawnAssembly> {
  const { inspection, warnings } = await phaseOf(observe, 'render', async () => {
    const artifacts = await renderPlan(project, planned);
    // The author's own changes have been made by now, too: what comes later comes from an aspect or a lazy value.
    const isTapped = project.hooks.render.isUsed();
    const gates = isTapped
      ? gatesIn(project, planned, { templates: templatesOf(planned), files: textsOf(artifacts) })
      : new Map();
    const warnings = synthApp(planned.app);
    await stage(project, artifacts, emitted);
    if (isTapped) assertGatesWritten(project, planned, gates, await readContent(emitted));
    const files = filesOf(project, emitted);
    refuseIfAny(await checkProjectFiles(files));
    const inspection = await project.backend.inspect(planned.plan, emitted, project.backendOptions);
    refuseIfAny(inspection.problems);
    assertGates(planned, inspection);
    const left = (await findLeftFiles(files)).map(projectFileLeft);
    return {
      inspection,
      warnings: [...warnings, ...left],
      summary: `gates found in what was emitted: ${inspection.gates.length}`,
    };
  });
  return { inspection, warnings };
}

/** Where the files of the project wait, and where they belong. */
export function filesOf({ source, mark }: Project, { project: staged }: Emitted): ProjectFiles {
  return { staged, root: source.directory, mark };
}

async function stage({ backend, registry, mark }: Project, artifacts: readonly Artifact[], emitted: Emitted) {
  const faults = await stageArtifacts(artifacts, emitted, mark);
  const { plugin } = registry.backends.get(backend.name) ?? unreachable(`${backend.name} is not registered`);
  if (faults.length > 0) throw pluginFailed(faults.map((fault) => artifactInvalid(plugin, backend.name, fault)));
}

/** The last column of the gate ledger: what was declared and planned must be found in what was emitted. */
function assertGates({ plan }: PlannedProject, { gates }: Inspection): void {
  const [lost] = checkEmittedGates(readGateLedger(plan.pipeline, plan), gates);
  if (lost) throw internalFault(lost);
}
