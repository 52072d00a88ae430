/** The contract of a renderer: draws one kind for one backend. */
import type { Step } from '../model/step.ts';

/** A step with the options its kind's schema produced. */
export type StepOf<Options> = Omit<Step, 'options'> & { readonly options: Options };

/**
 * `Context` and `Action` are the backend's words: what it offers to renderers and what it wants of them. Backend
 * packages export both types, for example `CodePipelineContext` and `ActionDeclaration`.
 *
 * @example
 * defineRenderer<Options, CodePipelineContext, ActionDeclaration>({
 *   backend: 'codepipeline',
 *   kind: 'answers',
 *   render: ({ options: { url } }, context) =>
 *     context.codeBuild({ category: 'Test', commands: ['curl --fail "$URL"'], env: { URL: url } }),
 * });
 */
export interface Renderer<Options = unknown, Context = unknown, Action = unknown> {
  readonly backend: string;
  readonly kind: string;
  /**
   * Parts of the action of a gate that taps of `render` may set or change, but not remove, as paths such as `timeout` and
   * `configuration.CustomData`. Default: `timeout` alone.
   */
  readonly changeable?: readonly string[];
  /** Declares the action for one step; may make constructs in scopes that it asks the context for. */
  render(step: StepOf<Options>, context: Context): Action | Promise<Action>;
}

export function defineRenderer<Options, Context, Action>(
  renderer: Renderer<Options, Context, Action>,
): Renderer<Options, Context, Action> {
  return Object.freeze(renderer);
}
