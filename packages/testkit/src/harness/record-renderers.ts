/** Puts a recorder in front of every renderer of a plugin for one backend. */
import type { PlanNode, Plugin, StepOf } from '@cdkpipe/core';

export interface RendererCall {
  readonly kind: string;
  readonly node: PlanNode;
  /** Calls the renderer itself. */
  render(context: unknown): unknown;
}

/** @param call takes the place of a call of the renderer, and returns what the backend gets */
export function recordRenderers(
  plugin: Plugin,
  backend: string,
  call: (renderer: RendererCall, context: { readonly node: PlanNode }) => unknown,
): Plugin {
  const { renderers = [] } = plugin;
  return {
    ...plugin,
    renderers: renderers.map((renderer) => {
      if (renderer.backend !== backend) return renderer;
      const render = (step: StepOf<unknown>, context: { readonly node: PlanNode }) => {
        const { node } = context;
        return call({ kind: step.kind, node, render: (given) => renderer.render(step, given) }, context);
      };
      const { kind, changeable } = renderer;
      return { backend, kind, ...(changeable ? { changeable } : {}), render };
    }),
  };
}
