/** Calls the renderer of a step's kind, with its plugin's name on every fault. */
import { unreachable } from '../errors/cdkpipe-error.ts';
import { callPlugin } from '../hooks/call-plugin.ts';
import { findStep, type PlanNode } from '../plan/node.ts';
import type { Project } from './configure.ts';

export function stepRenderer({ backend, registry, timeoutMs, signal }: Project) {
  return (node: PlanNode, context: unknown): Promise<unknown> => {
    const step = findStep(node) ?? unreachable(`${node.id} has no step to render`);
    const { value: renderer, plugin } =
      registry.findRenderer(backend.name, step.kind) ?? unreachable(`no renderer of ${step.kind}`);
    const what = `rendering the step "${step.name}" of kind "${step.kind}"`;
    return callPlugin({ plugin, what, node: node.id, timeoutMs, signal }, () => renderer.render(step, context));
  };
}
