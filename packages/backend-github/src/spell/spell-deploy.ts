/** Jobs that work on stacks: the runner does it, with the credentials that it gets itself. */
import type { ExecuteJob, PrepareJob, PublishJob } from '../jobs/job.ts';
import { expression } from '../workflow/expression.ts';
import type { WorkflowStep } from '../workflow/workflow.ts';
import { workDirectory } from './scripts.ts';
import { assemblySteps, downloadSteps, proveStep, runnerStep, uploadSteps } from './spell-steps.ts';
import type { Spelling } from './spelling.ts';

/** Where a job leaves the change sets that it made, and the one that executes them finds them. */
export function preparedDirectory(job: string): string {
  return `${workDirectory}/prepared/${job}`;
}

export function preparedArtifact(job: string): string {
  return `cdkpipe-prepared-${job}`;
}

export function publishSteps(spelling: Spelling, _job: PublishJob): WorkflowStep[] {
  return [...assemblySteps(spelling), proveStep(), runnerStep('publish', 'Upload assets')];
}

export function stacksSteps(spelling: Spelling, job: PrepareJob | ExecuteJob): WorkflowStep[] {
  const preparedBy = job.type === 'execute' ? job.preparedBy : [];
  return [
    ...assemblySteps(spelling),
    ...preparedBy.flatMap((maker) => takePrepared(spelling, maker)),
    proveStep(),
    ...(job.publishes.length === 0 ? [] : [runnerStep('publish', 'Upload assets')]),
    job.type === 'prepare' ? runnerStep('prepare', 'Make change sets') : runnerStep('execute', 'Execute change sets'),
    ...(job.handsOn ? handOn(spelling, job) : []),
  ];
}

function takePrepared({ actions }: Spelling, maker: string): WorkflowStep[] {
  const digest = expression(`needs.${maker}.outputs.prepared`);
  return downloadSteps(actions.download, {
    artifact: preparedArtifact(maker),
    directory: preparedDirectory(maker),
    digest,
  });
}

function handOn({ actions }: Spelling, { id }: PrepareJob | ExecuteJob): WorkflowStep[] {
  return uploadSteps(actions.upload, {
    id: 'prepared',
    artifact: preparedArtifact(id),
    directory: preparedDirectory(id),
  });
}
