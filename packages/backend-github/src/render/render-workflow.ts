/** A plan and the works of its steps → the workflow file and what the runner reads. */
import { type Assembly, type Plan, refuseIfAny } from '@cdkpipe/core';
import { type AccessStack, accessStacks } from '../access/access-stack.ts';
import { checkAccess } from '../access/check-access.ts';
import { checkAssembly } from '../check/check-assembly.ts';
import { checkNames } from '../check/check-names.ts';
import type { GitHubWork } from '../contract/github-work.ts';
import type { Job } from '../jobs/job.ts';
import { layOutJobs } from '../jobs/lay-out-jobs.ts';
import type { JobsFile } from '../jobs-file/jobs-file.ts';
import { recordJobs } from '../jobs-file/record-jobs.ts';
import type { GitHubOptions } from '../options/options.ts';
import { actionsOf, workflowPath } from '../options/read-options.ts';
import { spellWorkflow } from '../spell/spell-workflow.ts';
import { writeWorkflow } from '../workflow/write-workflow.ts';

export interface RenderInput {
  readonly plan: Plan;
  readonly assembly: Assembly;
  readonly works: ReadonlyMap<string, GitHubWork>;
  readonly options: GitHubOptions;
  /** One line that the file must hold; it says what wrote the file. */
  readonly mark: string;
}

export interface RenderedWorkflow {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly jobs: readonly Job[];
  readonly record: JobsFile;
  readonly access: readonly AccessStack[];
}

/** @throws CdkpipeError for names that GitHub would take for one */
export async function renderWorkflow(input: RenderInput): Promise<RenderedWorkflow> {
  const { plan, options } = input;
  const jobs = layOutJobs(input);
  refuseIfAny([...checkAssembly(input.assembly), ...checkNames(jobs)]);
  const workflow = spellWorkflow({ plan, jobs, options });
  await options.customize?.(workflow);
  const text = writeWorkflow({ workflow, header: headerOf(input), actions: Object.values(actionsOf(options)) });
  const access = accessStacks({ ...input, jobs });
  refuseIfAny(checkAccess(access));
  return {
    path: workflowPath(plan.pipeline, options),
    text,
    jobs,
    record: recordJobs({ ...input, jobs, access }),
    access,
  };
}

/** No version and no date: the same definition has the same bytes. */
function headerOf({ mark }: RenderInput): string[] {
  return [mark, 'Do not edit it: change the definition, run `cdkpipe synth`, and commit this file.'];
}
