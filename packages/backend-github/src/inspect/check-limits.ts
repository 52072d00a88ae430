/** Holds a workflow against the limits of GitHub. */
import type { Problem } from '@cdkpipe/core';
import { type Limit, limits } from '../github/limits.ts';
import { outsideLimit } from '../problems/emitted.ts';
import type { WorkflowJob } from '../workflow/workflow.ts';
import type { EmittedWorkflow } from './emitted-workflow.ts';

export function checkLimits({ file, text, workflow }: EmittedWorkflow): Problem[] {
  const jobs = Object.entries(workflow.jobs);
  const names = jobs.flatMap(([id, { needs = [] }]) => (needs.length === 0 ? [] : [id, ...needs]));
  const inputs = Object.keys(workflow.on.workflow_dispatch?.inputs ?? {});
  return [
    ...within(limits.fileSize, file, Buffer.byteLength(text)),
    ...within(limits.jobs, file, jobs.length),
    ...within(limits.graph, file, names.join('').length),
    ...within(limits.inputs, file, inputs.length),
    ...jobs.flatMap(([id, job]) => checkJob(id, job)),
  ];
}

function checkJob(id: string, job: WorkflowJob): Problem[] {
  const subject = `the job ${id}`;
  const runs = job.steps.flatMap((step) => ('run' in step ? [step.run] : []));
  const uploads = job.steps.filter((step) => 'uses' in step && step.uses.includes('/upload-artifact@'));
  const isHosted = [job['runs-on']].flat().some((label) => /^(ubuntu|windows|macos)-/.test(label));
  return [
    ...within(limits.jobId, subject, id.length),
    ...within(limits.environmentName, subject, job.environment?.name.length ?? 0),
    ...within(limits.outputs, subject, Object.keys(job.outputs ?? {}).length),
    ...within(limits.artifacts, subject, uploads.length),
    ...(isHosted ? within(limits.hostedJobTime, subject, job['timeout-minutes']) : []),
    ...runs.flatMap((run) => within(limits.run, subject, run.length)),
    ...valuesOf(job).flatMap((value) => within(limits.run, subject, value.length)),
  ];
}

/** Texts that GitHub reads as expressions; each may be as long as one. */
function valuesOf(job: WorkflowJob): string[] {
  return job.steps
    .flatMap((step) => ('env' in step ? Object.values(step.env ?? {}) : []))
    .filter((value) => value.includes('${{'));
}

function within(limit: Limit, subject: string, found: number): Problem[] {
  return found > limit.max ? [outsideLimit(limit, subject, found)] : [];
}
