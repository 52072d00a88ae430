/** Reads back what was written: GitHub's parser, limits, safety, gates. */
import type { Plan, Problem } from '@cdkpipe/core';
import type { JobsFile } from '../jobs-file/jobs-file.ts';
import { workflowInvalid } from '../problems/emitted.ts';
import { readWorkflow } from '../workflow/read-workflow.ts';
import { checkLimits } from './check-limits.ts';
import { checkSafety } from './check-safety.ts';
import type { EmittedWorkflow } from './emitted-workflow.ts';
import { findGates } from './find-gates.ts';

export interface WorkflowInspection {
  /** IDs of the plan's gate nodes that hold. */
  readonly gates: readonly string[];
  readonly problems: readonly Problem[];
}

/** @param file path of the workflow, for messages */
export async function inspectWorkflow(
  plan: Plan,
  file: string,
  text: string,
  record: JobsFile,
): Promise<WorkflowInspection> {
  const { parseWorkflowText } = await import('./parse-workflow.ts');
  const parsed = await parseWorkflowText(file, text);
  if (parsed.errors.length > 0)
    return { gates: [], problems: parsed.errors.map((message) => workflowInvalid(file, message)) };
  const emitted: EmittedWorkflow = { file, text, parsed, workflow: readWorkflow(text), record };
  const problems = [...checkLimits(emitted), ...checkSafety(emitted)];
  return { gates: findGates(plan, emitted), problems };
}
