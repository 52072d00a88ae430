/** A workflow as it was written: what GitHub's parser says, the data, and what the jobs were rendered for. */
import type { JobsFile } from '../jobs-file/jobs-file.ts';
import type { Workflow, WorkflowJob } from '../workflow/workflow.ts';
import type { ParsedWorkflow } from './parse-workflow.ts';

export interface EmittedWorkflow {
  readonly file: string;
  readonly text: string;
  readonly parsed: ParsedWorkflow;
  readonly workflow: Workflow;
  readonly record: JobsFile;
}

/**
 * Whether a job runs only where all that it needs has succeeded: `success()`, and what holds for the whole run. A condition of
 * another form, such as `always()` or `!success()`, counts as one that lets it run after a failure.
 */
export function isPlainCondition(condition: string): boolean {
  const withoutTexts = condition.replaceAll(/'(?:[^']|'')*'/g, "''");
  return withoutTexts === 'success()' || /^success\(\) && \([^()|!]*(!=[^()|!]*)?\)$/.test(withoutTexts);
}

/** Steps of a job that call the runner, by verb, in their order. */
export function verbsOf({ steps }: WorkflowJob): string[] {
  return steps.flatMap((step) => {
    const verb = 'run' in step ? /cdkpipe-runner\.mjs (\w+)$/.exec(step.run.trim())?.[1] : undefined;
    return verb === undefined ? [] : [verb];
  });
}
