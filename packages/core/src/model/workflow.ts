/** Steps in sequence and in parallel. */
import type { Step } from './step.ts';

export type Workflow =
  | { readonly type: 'step'; readonly step: Step }
  | { readonly type: 'sequence'; readonly items: readonly Workflow[] }
  | { readonly type: 'parallel'; readonly items: readonly Workflow[] };

/** Every step of a workflow, in the order in which it was written. */
export function stepsOf(workflow: Workflow): Step[] {
  return workflow.type === 'step' ? [workflow.step] : workflow.items.flatMap(stepsOf);
}

export function isEmptyWorkflow(workflow: Workflow): boolean {
  return stepsOf(workflow).length === 0;
}
