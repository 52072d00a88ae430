/** The story of `cdkpipe synth`, top to bottom: five phases, one direction. */
import { gatesOf } from '../model/gates.ts';
import { originOf, writeOrigin } from './assembly-origin.ts';
import { checkOutputPlace } from './check-output-place.ts';
import { compareFiles } from './compare-files.ts';
import { configure } from './configure.ts';
import { drawAssembly } from './draw-assembly.ts';
import { emitFiles } from './emit-files.ts';
import { guardingProcess } from './guard-process.ts';
import { isTemplate, listFiles } from './list-files.ts';
import { makePlan } from './make-plan.ts';
import { openCheck, openOutput } from './open-output.ts';
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

  const planned = await makePlan(project, {
    outdir: fresh.path,
    target: output.target,
    allowMissingContext: request.allowMissingContext ?? output.isCdkApp,
    observe,
  });
  const { plan, layout } = planned;
  validation.submitStacks(fresh.path, planned.assembly);
  const { inspection, warnings: policies } = await drawAssembly(project, planned, fresh.path, observe);

  compileCache.save();

  const { warnings } = await phaseOf(observe, 'validate', () =>
    validation.finish(fresh.path, inspection, plan.pipeline.env),
  );

  const { files, differences } = await phaseOf(observe, 'write', async () => {
    writeOrigin(fresh.path, originOf(project, plan.pipeline));
    const written = await listFiles(fresh.path);
    const files = await emitFiles(project, planned, { directory: fresh.path, files: written });
    project.signal.throwIfAborted();
    if (request.check === true) {
      const differences = await compareFiles(fresh.path, output.target);
      return { files, differences, summary: `files that differ: ${differences.length}` };
    }
    await fresh.swapIn();
    return { files, differences: undefined, summary: output.target };
  });
  return {
    file: project.file,
    plan,
    layout,
    warnings: [
      ...project.warnings,
      ...planned.warnings,
      ...policies,
      ...warnings,
      // A check writes nothing, so there is nothing that a build would have to leave in a place.
      ...(request.check === true ? [] : checkOutputPlace(project.directory, output.target, plan.pipeline.build.output)),
    ],
    output: output.target,
    ...(inspection.deployFirst === undefined ? {} : { pipelineStack: inspection.deployFirst }),
    gates: gatesOf(plan.pipeline).map(({ id }) => id),
    templates: files.filter(isTemplate).length,
    ...(differences === undefined ? {} : { differences }),
  };
}
