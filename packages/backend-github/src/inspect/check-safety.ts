/** What must hold for every job, whatever an author has customized. */
import type { Problem } from '@cdkpipe/core';
import { workflowUnsafe } from '../problems/emitted.ts';
import type { WorkflowJob } from '../workflow/workflow.ts';
import { type EmittedWorkflow, isPlainCondition, verbsOf } from './emitted-workflow.ts';

export function checkSafety({ workflow, record, parsed }: EmittedWorkflow): Problem[] {
  const top = Object.keys(workflow.permissions ?? { all: '' }).length === 0 ? [] : [unsafeTop()];
  const conditions = new Map(parsed.jobs.map(({ id, condition }) => [id, condition]));
  return [
    ...top,
    ...Object.entries(workflow.jobs).flatMap(([id, job]) => [
      ...checkSteps(id, job),
      ...(record.jobs[id] === undefined
        ? checkStranger(id, job)
        : checkOwn(id, job, record.jobs[id].proves.length > 0)),
      ...(record.jobs[id] === undefined || isPlainCondition(conditions.get(id) ?? '')
        ? []
        : [workflowUnsafe(id, `runs under the condition ${conditions.get(id)}, which may hold after a failure`)]),
    ]),
  ];
}

function unsafeTop(): Problem {
  return workflowUnsafe('of every name', 'would get the rights of the workflow; only jobs may have any');
}

/** A job that somebody added may do what it likes, but get no credentials. */
function checkStranger(id: string, { permissions = {} }: WorkflowJob): Problem[] {
  return permissions['id-token'] === 'write'
    ? [workflowUnsafe(id, 'gets tokens for AWS, and no role is meant for it')]
    : [];
}

function checkOwn(id: string, job: WorkflowJob, proves: boolean): Problem[] {
  const verbs = verbsOf(job);
  const at = verbs.indexOf('prove');
  return [
    ...(proves && at !== 0 ? [workflowUnsafe(id, 'does not begin by proving the approvals before it')] : []),
    ...(proves && job.permissions.actions !== 'read'
      ? [workflowUnsafe(id, 'may not read the approvals of the run')]
      : []),
    ...('continue-on-error' in job ? [workflowUnsafe(id, 'counts as passed when it fails')] : []),
  ];
}

function checkSteps(id: string, { steps }: WorkflowJob): Problem[] {
  return steps.flatMap((step, index) => {
    const name = step.name ?? `step ${index + 1}`;
    return [
      ...('uses' in step && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(step.uses)
        ? [workflowUnsafe(id, `uses ${step.uses}, which is no full SHA of a commit`)]
        : []),
      ...('run' in step && step.run.includes('${{')
        ? [workflowUnsafe(id, `has an expression in the commands of "${name}", where a value would become code`)]
        : []),
      ...('if' in step && step.if !== undefined ? [workflowUnsafe(id, `has a condition on "${name}"`)] : []),
      ...('continue-on-error' in step ? [workflowUnsafe(id, `goes on when "${name}" has failed`)] : []),
    ];
  });
}
