/** Puts a recorder in front of every renderer of a plugin for one backend. */
import type { PlanNode, Plugin, StepOf } from '@cdkpipe/core';

export interface RendererCall {
  readonly kind: string;
  readonly node: PlanNode;
  /** Calls the renderer itself. */
  render(context: unknown): unknown;
}

type Call = (renderer: RendererCall, context: { readonly node: PlanNode }) => unknown;

type Renderers = NonNullable<Plugin['renderers']>;

/** @param call takes the place of a call of the renderer, and returns what the backend gets */
export function recordRenderers(plugin: Plugin, backend: string, call: Call): Plugin {
  const { renderers, configure } = plugin;
  const recorded = <Parts extends { readonly renderers?: Renderers }>(parts: Parts): Parts =>
    parts.renderers ? { ...parts, renderers: recordAll(parts.renderers, backend, call) } : parts;
  return {
    ...plugin,
    ...recorded({ ...(renderers ? { renderers } : {}) }),
    ...(configure ? { configure: (options: unknown) => recorded(configure(options)) } : {}),
  };
}

function recordAll(renderers: Renderers, backend: string, call: Call): Renderers {
  return renderers.map((renderer) => {
    if (renderer.backend !== backend) return renderer;
    const { kind, changeable } = renderer;
    const render = (step: StepOf<unknown>, context: { readonly node: PlanNode }) => {
      const { node } = context;
      return call({ kind: step.kind, node, render: (given) => renderer.render(step, given) }, context);
    };
    return { backend, kind, ...(changeable ? { changeable } : {}), render };
  });
}
