/** The story of `cdkpipe synth`, top to bottom: five phases, one direction. */
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import { gatesOf } from '../model/gates.ts';
import { checkOutputPlace } from '../output/check-output-place.ts';
import { compareFiles } from '../output/compare-files.ts';
import { isTemplate } from '../output/list-files.ts';
import { openCheck, openOutput } from '../output/open-output.ts';
import { openTemporaryDirectory } from '../output/temporary-directory.ts';
import { writeTogether } from '../output/write-together.ts';
import { originOf, writeOrigin } from './assembly-origin.ts';
import { configure } from './configure.ts';
import { drawAssembly, filesOf } from './draw-assembly.ts';
import { emitFiles } from './emit-files.ts';
import { guardingProcess } from './guard-process.ts';
import { makePlan } from './make-plan.ts';
import { phaseOf } from './progress.ts';
import type { SynthReport, SynthRequest } from './request.ts';
import { startCompileCache } from './start-early.ts';
import { startValidation } from './validate-assembly.ts';

/**
 * Renders the definition to a cloud assembly, which takes the place of the old one only when all is well. A check compares it
 * with the old one instead, and keeps nothing.
 *
 * @throws CdkpipeError with every fault of the first phase that has any; the old assembly is untouched then
 */
export function synthesize(request: SynthRequest): Promise<SynthReport> {
  return guardingProcess(request.signal, (signal) => synthesizeGuarded({ ...request, signal }));
}

async function synthesizeGuarded(request: SynthRequest): Promise<SynthReport> {
  const observe = request.observe ?? (() => {});
  const compileCache = startCompileCache(request);
  await using validation = startValidation(request);

  const project = await phaseOf(observe, 'configure', async () => ({
    ...(await configure(request)),
    summary: 'definition read',
  }));
  const output = await (request.check === true ? openCheck : openOutput)(request.output, project.directory);
  await using fresh = output.fresh;
  await using waiting = await openTemporaryDirectory('project');
  const emitted = { assembly: fresh.path, project: waiting.path };

  const planned = await makePlan(project, {
    outdir: fresh.path,
    target: output.target,
    allowMissingContext: request.allowMissingContext ?? output.isCdkApp,
    observe,
  });
  const { plan, layout } = planned;
  validation.submitStacks(fresh.path, planned.assembly);
  const { inspection, warnings: policies } = await drawAssembly(project, planned, emitted, observe);

  compileCache.save();

  const { warnings: validated } = await phaseOf(observe, 'validate', () =>
    validation.finish(fresh.path, inspection, plan.pipeline.env),
  );
  const warnings = [
    ...project.warnings,
    ...planned.warnings,
    ...policies,
    ...validated,
    // A check writes nothing, so there is nothing that a build would have to leave in a place.
    ...(request.check === true ? [] : checkOutputPlace(project.directory, output.target, plan.pipeline.build.output)),
  ];
  if (request.strict === true) refuseIfAny(warnings);

  const { files, projectFiles, differences } = await phaseOf(observe, 'write', async () => {
    writeOrigin(fresh.path, originOf(project, plan.pipeline));
    const files = await emitFiles(project, planned, emitted);
    const written = { files: files.assembly, projectFiles: files.project };
    project.signal.throwIfAborted();
    if (request.check === true) {
      const differences = await compareFiles(fresh.path, output.target, filesOf(project, emitted));
      return { ...written, differences, summary: `files that differ: ${differences.length}` };
    }
    await writeTogether(fresh, filesOf(project, emitted));
    return { ...written, differences: undefined, summary: output.target };
  });
  return {
    file: project.file,
    plan,
    layout,
    warnings,
    output: output.target,
    sourceDirectory: project.source.directory,
    next: inspection.next ?? [],
    isEmitted: project.backend.capabilities(project.backendOptions).runsHere !== true,
    projectFiles,
    gates: gatesOf(plan.pipeline).map(({ id }) => id),
    templates: files.filter(isTemplate).length,
    ...(differences === undefined ? {} : { differences }),
  };
}
