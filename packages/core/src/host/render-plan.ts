/** Phase 5, render: lets the backend draw the plan, with the plugins' renderers and hooks at hand. */
import type { Artifact } from '../contracts/artifact.ts';
import type { RenderContext } from '../contracts/backend.ts';
import type { RenderEvent } from '../contracts/hooks.ts';
import { type ActionEvent, actionEvent, type ReadAction } from '../hooks/action-event.ts';
import { inSurroundings } from '../hooks/surroundings.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Project } from './configure.ts';
import type { PlannedProject } from './make-plan.ts';
import { renderedSurroundings } from './rendered-surroundings.ts';
import { stepRenderer } from './step-renderer.ts';

/** @returns the files that the backend makes beside its stacks, as it returned them */
export async function renderPlan(project: Project, planned: PlannedProject): Promise<readonly Artifact[]> {
  const { backend, hooks, signal } = project;
  const context: RenderContext = {
    ...planned,
    options: project.backendOptions,
    projectDirectory: project.directory,
    sourceDirectory: project.source.directory,
    mark: project.mark,
    signal,
    renderStep: stepRenderer(project),
    emitAction: async <Action>(
      node: PlanNode,
      action: Action,
      read?: (returned: unknown, before: Action) => Action,
    ): Promise<Action> => {
      const event = actionEvent({ type: 'action', backend: backend.name, node, action }, read as ReadAction);
      return ((await hooks.render.promise(event)) as ActionEvent).action as Action;
    },
    emitRendering: async (constructs, files) => {
      const event: RenderEvent = { type: 'end', backend: backend.name, constructs };
      const around = renderedSurroundings(project, planned, files);
      await hooks.render.promise(around ? inSurroundings(event, around) : event);
    },
  };
  return await backend.render(context);
}
