/** The text of a workflow → its data. */
import { parse } from 'yaml';
import type { Workflow } from './workflow.ts';

/** Believes the shape: GitHub's parser has accepted the text. */
export function readWorkflow(text: string): Workflow {
  return parse(text) as Workflow;
}
