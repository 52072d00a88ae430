/** Phase 5, render: lets the backend draw the plan, with the plugins' renderers and hooks at hand. */
import type { RenderContext } from '../contracts/backend.ts';
import type { RenderEvent } from '../contracts/hooks.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Project } from './configure.ts';
import type { PlannedProject } from './make-plan.ts';
import { stepRenderer } from './step-renderer.ts';

export async function renderPlan(project: Project, planned: PlannedProject): Promise<void> {
  const { backend, hooks, signal } = project;
  const context: RenderContext = {
    ...planned,
    options: project.backendOptions,
    projectDirectory: project.directory,
    signal,
    renderStep: stepRenderer(project),
    emitAction: async <Action>(node: PlanNode, action: Action): Promise<Action> => {
      const event: RenderEvent = { type: 'action', backend: backend.name, node, action };
      const result = (await hooks.render.promise(event)) as Extract<RenderEvent, { type: 'action' }>;
      return result.action as Action;
    },
    emitRendering: async (constructs) => {
      await hooks.render.promise({ type: 'end', backend: backend.name, constructs });
    },
  };
  await backend.render(context);
}
