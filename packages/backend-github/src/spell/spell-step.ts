/** One step of the author's, in a job of its own. */
import type { CommandsWork } from '../contract/github-work.ts';
import { hasCredentials, type StepJob, usesAssembly } from '../jobs/job.ts';
import { stepOf } from '../jobs/step-node.ts';
import type { RunStep, WorkflowStep } from '../workflow/workflow.ts';
import { commandSteps } from './spell-commands.ts';
import { assemblySteps, proveStep, runnerStep, uploadSteps } from './spell-steps.ts';
import { commandsId, spellEnv, spellReference } from './spell-values.ts';
import { checkoutStep, outputArtifact, placeDirectory, readExports, type Workspace } from './spell-workspace.ts';
import type { Spelling } from './spelling.ts';

export function stepSteps(spelling: Spelling, job: StepJob): WorkflowStep[] {
  const { work } = job;
  switch (work.type) {
    case 'approval':
      return [...assemblySteps(spelling), proveStep()];
    case 'function':
      return [...assemblySteps(spelling), ...proofOf(job), runnerStep('step', 'Decide', valuesEnv(spelling, job))];
    case 'commands':
      return commandsOf(spelling, job, work);
  }
}

function proofOf(job: StepJob): RunStep[] {
  return hasCredentials(job) ? [proveStep()] : [];
}

/** The values of references, in the order of the job's list. */
function valuesEnv(spelling: Spelling, { node, values }: StepJob): Record<string, string> {
  return Object.fromEntries(
    values.map((reference, index) => [`CDKPIPE_VALUE_${index + 1}`, spellReference(spelling, node, reference)]),
  );
}

function commandsOf(spelling: Spelling, job: StepJob, work: CommandsWork): WorkflowStep[] {
  const { node } = job;
  const workspace: Workspace = { job, kept: [] };
  const env = spellEnv(spelling, node, work.env ?? {});
  const { name } = stepOf(node);
  const commands = { id: commandsId(node.id), name, commands: work.commands, env };
  const needsAssembly = usesAssembly(job, spelling.plan.pipeline.build.output);
  return [
    checkoutStep(spelling, workspace),
    ...(needsAssembly ? assemblySteps(spelling) : []),
    ...(work.inputs ?? []).flatMap((input) => placeDirectory(spelling, workspace, input)),
    ...(hasCredentials(job)
      ? [proveStep(), runnerStep('step', name, env)]
      : commandSteps({ ...commands, exports: readExports(job, node, work.exports ?? []) })),
    ...(work.output === undefined
      ? []
      : uploadSteps(spelling.actions.upload, {
          id: 'output',
          artifact: outputArtifact(job.id),
          directory: work.output.from,
        })),
  ];
}
