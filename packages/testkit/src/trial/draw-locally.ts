/** Draws the steps of a plan for `local`, and runs none of them. */
import type { LocalAction, LocalContext } from '@cdkpipe/backend-local';
import { findStep, type Plan, type PlanNode } from '@cdkpipe/core';
import type { OpenedProject } from '@cdkpipe/core/host';
import { deploymentEnv } from './definition.ts';

export async function drawLocally(
  { renderStep }: Pick<OpenedProject, 'renderStep'>,
  plan: Plan,
  projectDirectory: string,
): Promise<void> {
  for (const node of plan.nodes) {
    if (!findStep(node)) continue;
    const action = (await renderStep(node, contextOf(plan, node, projectDirectory))) as
      | Partial<LocalAction>
      | undefined;
    if (action?.type !== 'question' && action?.type !== 'task')
      throw new Error(`the renderer of ${node.id} for local declared neither a question nor a task`);
  }
}

function contextOf(plan: Plan, node: PlanNode, projectDirectory: string): LocalContext {
  return {
    plan,
    node,
    run: 'conformance',
    mode: 'rehearsal',
    projectDirectory,
    ...('deployment' in node ? { deploymentEnv } : {}),
    value: () => 'https://example.com/',
    changes: [],
    executed: new Date(0),
    ringing: [],
    assemblyDirectory: projectDirectory,
  };
}
