/** Reads a workflow with GitHub's own parser. Only what inspects loads this file, as it takes a while. */
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';

/** A job as GitHub understands it. */
export interface ParsedJob {
  readonly id: string;
  readonly needs: readonly string[];
  /** The condition in full: `success() && (…)` where the file names no function of the status. */
  readonly condition: string;
}

export interface ParsedWorkflow {
  /** What GitHub would refuse the file for, each with its line. */
  readonly errors: readonly string[];
  readonly jobs: readonly ParsedJob[];
}

export async function parseWorkflowText(name: string, content: string): Promise<ParsedWorkflow> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const errors = context.errors.getErrors().map(({ message }) => message);
  if (value === undefined || errors.length > 0) return { errors, jobs: [] };
  const template = await convertWorkflowTemplate(context, value);
  return {
    errors: [...context.errors.getErrors(), ...(template.errors ?? [])].map((error) =>
      'Message' in error ? error.Message : error.message,
    ),
    jobs: template.jobs.map(({ id, needs = [], if: condition }) => ({
      id: id.value,
      needs: needs.map(({ value: job }) => job),
      condition: condition?.expression ?? 'success()',
    })),
  };
}
