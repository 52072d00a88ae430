/** The contract of a kind: what a step is, apart from any backend. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { StepDefinition, StepWorkflow } from '../definition/step.ts';
import type { Environment } from '../model/environment.ts';
import type { StepPosition } from '../model/step.ts';

/** An example for the docs page and for conformance tests; it must satisfy the schema. */
export interface KindExample<Input> {
  readonly title: string;
  readonly options: Input;
  /** Contents of files of the project that the options name, by path relative to the definition; for conformance tests. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What `lower` may know of the step's place. */
export interface LowerContext {
  /** Name of the step that is lowered. */
  readonly name: string;
  readonly position: StepPosition;
  /** Name of the backend that has no renderer for the kind. */
  readonly backend: string;
  /** Where the pipeline lives. */
  readonly pipelineEnv: Environment;
  /** Environment of the deployment the step belongs to; absent before a wave and around the build. */
  readonly deploymentEnv?: Environment;
  /** Where a step with `runsCode` runs. Steps that it lowers to run there too, unless they say `runIn` themselves. */
  readonly runIn?: Environment;
}

/**
 * What a step is: its name, its options, where it may stand.
 *
 * @example
 * defineKind({
 *   name: 'pager',
 *   summary: 'Whoever is on call confirms.',
 *   options: z.strictObject({ question: z.string().describe('What they are asked.') }),
 *   lower: ({ question }) => ({ kind: 'manual', name: 'Confirm', options: { comment: question } }),
 * });
 */
export interface Kind<Input = unknown, Output = Input> {
  /** For example `manual`; unique among all plugins of a project. */
  readonly name: string;
  /** One line for `--help` and the docs. */
  readonly summary: string;
  /** Schema of the options: the type, the run-time check and the docs come from it. Without one, no options are accepted. */
  readonly options?: StandardSchemaV1<Input, Output>;
  readonly examples?: readonly KindExample<Input>[];
  /** Where steps of this kind may stand; default `['change', 'approval', 'wave']`. */
  readonly positions?: readonly StepPosition[];
  /** Whether the step, or one that it lowers to, runs code of the author's, so that `runIn` says where; default false. */
  readonly runsCode?: boolean;
  /**
   * Options of a gate that hooks of plugins may set or change, but not remove: those that do not decide whether the gate
   * holds, such as a text. Default none.
   */
  readonly changeable?: readonly string[];
  /**
   * Names of the environment variables whose last values the step hands on, for `exported(step, name)`. Pure; a
   * renderer of the kind must make them known to its backend.
   */
  exports?(options: Output): readonly string[];
  /**
   * Expresses a step by steps of other kinds, for backends without a renderer of this kind. Pure and synchronous;
   * an array is a sequence. The names it gives are prefixed with the step's name.
   *
   * May throw what `refused(problems)` makes where the options do not fit the place; a problem's `path` is relative to
   * the options then.
   */
  lower?(options: Output, context: LowerContext): StepWorkflow;
}

/** Where steps of a kind may stand. */
export function positionsOf({ positions }: Pick<Kind, 'positions'>): readonly StepPosition[] {
  return positions ?? ['change', 'approval', 'wave'];
}

/** Declares a kind; the types of its options flow from the schema. */
export function defineKind<Input, Output>(
  kind: Kind<Input, Output> & { readonly runsCode: true },
): Kind<Input, Output> & { readonly runsCode: true };
export function defineKind<Input, Output>(kind: Kind<Input, Output>): Kind<Input, Output>;
export function defineKind<Input, Output>(kind: Kind<Input, Output>): Kind<Input, Output> {
  return Object.freeze(kind);
}

/** Where a step that runs code does so: beside the pipeline, in the deployment's environment, or anywhere else. */
export type RunIn = 'pipeline' | 'target' | Environment;

/** The typed helper that authors call, such as `manual(name, options)`, made from the kind's schema. */
export function stepHelper<Input, Output>(
  kind: Kind<Input, Output> & { readonly runsCode: true },
): (name: string, options: Input & { readonly runIn?: RunIn }) => StepDefinition;
export function stepHelper<Input, Output>(
  kind: Kind<Input, Output>,
): (name: string, ...options: Partial<Input> extends Input ? [options?: Input] : [options: Input]) => StepDefinition;
export function stepHelper(kind: Kind): (name: string, options?: unknown) => StepDefinition {
  return (name, options) => ({ kind: kind.name, name, ...(options === undefined ? {} : { options }) });
}
