/** Calls the renderer of a step's kind, and runs what it declared, with its plugin's name on every fault. */
import { isCdkpipeError, unreachable } from '../errors/cdkpipe-error.ts';
import { attributed, callPlugin } from '../hooks/call-plugin.ts';
import { refuseIfPatched } from '../hooks/patched-globals.ts';
import { watchPlugin } from '../hooks/watch-plugin.ts';
import { findStep, type PlanNode } from '../plan/node.ts';
import type { Project } from './configure.ts';

/** @param read checks what the renderer returned; what it throws counts as a fault of the renderer */
export type RenderStep = <Action = unknown>(
  node: PlanNode,
  context: unknown,
  read?: (returned: unknown) => Action,
) => Promise<Action>;

export function stepRenderer(project: Project): RenderStep {
  const { timeoutMs, signal } = project;
  return (node, context, read) => {
    const { step, title, renderer, plugin } = findRendering(project, node);
    const work = { what: `rendering ${title}`, node: node.id, kind: step.kind, backend: project.backend.name };
    const call = { plugin, ...work, timeoutMs, signal };
    return callPlugin(call, async () => {
      const returned = await renderer.render(step, context);
      return read ? read(returned) : returned;
    });
  };
}

export function stepRunner(project: Project) {
  return async <T>(node: PlanNode, work: () => Promise<T>): Promise<T> => {
    const { title, plugin, step } = findRendering(project, node);
    const { name: backend } = project.backend;
    const running = { plugin, what: `running ${title}`, node: node.id, kind: step.kind, backend };
    try {
      return await watchPlugin(running, async () => {
        try {
          return await work();
        } finally {
          refuseIfPatched(running);
        }
      });
    } catch (error) {
      // Anything else that it threw is its verdict.
      throw isCdkpipeError(error) && error.source === 'plugin' ? attributed(error, running) : error;
    }
  };
}

function findRendering({ backend, registry }: Project, node: PlanNode) {
  const step = findStep(node) ?? unreachable(`${node.id} has no step to render`);
  const { value: renderer, plugin } =
    registry.findRenderer(backend.name, step.kind) ?? unreachable(`no renderer of ${step.kind}`);
  return { step, title: `the step "${step.name}" of kind "${step.kind}"`, renderer, plugin };
}
