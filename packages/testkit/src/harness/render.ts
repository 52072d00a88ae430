/** Renders one step of a plugin by the real backend, and says what became of it. */
import type { Plugin, StepDefinition } from '@cdkpipe/core';
import { renderLocally } from './render-locally.ts';
import { renderOnCodePipeline } from './render-on-codepipeline.ts';
import type { RenderedOnCodePipeline, RenderedOnLocal } from './rendered.ts';
import type { StepPlace } from './step-place.ts';

/**
 * Renders a small pipeline in which the step stands, by the backend itself: options are validated, kinds are lowered, limits
 * and gates checked, as for a user of the plugin.
 *
 * @throws CdkpipeError as `cdkpipe synth` does, for example where the renderer refuses the step
 */
export function render<Input>(
  plugin: Plugin<Input>,
  step: StepDefinition,
  options: StepPlace<NoInfer<Input>> & { readonly backend: 'local' },
): Promise<RenderedOnLocal>;
export function render<Input>(
  plugin: Plugin<Input>,
  step: StepDefinition,
  options?: StepPlace<NoInfer<Input>> & { readonly backend?: 'codepipeline' },
): Promise<RenderedOnCodePipeline>;
export async function render(
  plugin: Plugin,
  step: StepDefinition,
  options: StepPlace & { readonly backend?: 'codepipeline' | 'local' } = {},
): Promise<RenderedOnLocal | RenderedOnCodePipeline> {
  return options.backend === 'local'
    ? renderLocally(plugin, step, options)
    : renderOnCodePipeline(plugin, step, options);
}
