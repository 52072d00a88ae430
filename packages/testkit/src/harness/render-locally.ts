/** Renders a step for `local`, and runs nothing of it. */
import type { LocalAction } from '@cdkpipe/backend-local';
import type { Plugin, StepDefinition } from '@cdkpipe/core';
import { openLocally } from './open-locally.ts';
import { onlyDeclaration, type RenderedAction, type RenderedOnLocal } from './rendered.ts';
import type { StepPlace } from './step-place.ts';

export async function renderLocally(plugin: Plugin, step: StepDefinition, place: StepPlace): Promise<RenderedOnLocal> {
  using opened = await openLocally(plugin, step, { place });
  const actions: RenderedAction<LocalAction>[] = [];
  for (const node of opened.nodes) {
    actions.push({ node, kind: opened.kindOf(node), declaration: await opened.render(node) });
  }
  return {
    actions,
    get declaration() {
      return onlyDeclaration(actions);
    },
  };
}
