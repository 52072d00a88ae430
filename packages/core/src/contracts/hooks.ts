/** The hooks that plugins can tap: their inputs, types and how a tap is ordered. */
import type { DefinitionBody } from '../definition/definition.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Plan } from '../plan/plan.ts';
import type { Assembly } from './assembly.ts';
import type { ActionEndEvent, ActionStartEvent, RunEndEvent, RunStartEvent } from './run-events.ts';

/** What the `render` hook is given: each action as it is drawn, and at the end everything that was drawn. */
export type RenderEvent =
  | { readonly type: 'action'; readonly backend: string; readonly node: PlanNode; readonly action: unknown }
  | {
      readonly type: 'end';
      readonly backend: string;
      /** Live constructs by name; `codepipeline` gives `stack` and `pipeline` (its `CfnPipeline`). */
      readonly constructs: Readonly<Record<string, unknown>>;
    };

/** The files of the new cloud assembly and of the project, before they take the place of the old ones. */
export interface EmitEvent {
  /** Directory in which the files lie now. */
  readonly directory: string;
  /** Paths relative to it, sorted. */
  readonly files: readonly string[];
  /** Files of the project that the backend makes, such as a workflow: where they lie now, and their paths. */
  readonly project: { readonly directory: string; readonly files: readonly string[] };
}

/**
 * Every hook with its input. `config`, `model` and `plan` are waterfalls: a handler may return a changed value,
 * which is checked again, or nothing. `render` is a waterfall for actions: a handler may return a changed action.
 * All others are series: handlers look on, and may throw. All get frozen input, one after the other.
 */
export interface HookInputs {
  readonly config: DefinitionBody;
  readonly model: Pipeline;
  readonly assembly: Assembly;
  readonly plan: Plan;
  readonly render: RenderEvent;
  readonly emit: EmitEvent;
  readonly runStart: RunStartEvent;
  readonly actionStart: ActionStartEvent;
  readonly actionEnd: ActionEndEvent;
  readonly runEnd: RunEndEvent;
}

/** What a handler of each hook may return; `undefined` leaves the value as it is. */
export interface HookResults {
  readonly config: DefinitionBody | undefined;
  readonly model: Pipeline | undefined;
  readonly assembly: undefined;
  readonly plan: Plan | undefined;
  readonly render: unknown;
  readonly emit: undefined;
  readonly runStart: undefined;
  readonly actionStart: undefined;
  readonly actionEnd: undefined;
  readonly runEnd: undefined;
}

export type HookName = keyof HookInputs;

// biome-ignore lint/suspicious/noConfusingVoidType: `void` lets handlers that return nothing be written without `return undefined`.
type Returned<T> = T | void;

/** @param signal aborted when the time limit is over or the command is interrupted */
export type HookHandler<Name extends HookName> = (
  input: HookInputs[Name],
  signal: AbortSignal,
) => Returned<HookResults[Name]> | Promise<Returned<HookResults[Name]>>;

/**
 * A handler with its place among the taps of other plugins.
 *
 * @example
 * const tap: HookTap<'plan'> = { order: 'post', after: ['@acme/other'], handler: (plan, signal) => check(plan, signal) };
 */
export interface HookTap<Name extends HookName> {
  /** Before or after the taps of plugins that do not say. */
  readonly order?: 'pre' | 'post';
  /** Names of plugins whose taps of this hook come first. */
  readonly after?: readonly string[];
  readonly handler: HookHandler<Name>;
}

/**
 * The taps of one plugin; a bare function is a tap without order.
 *
 * @example
 * const hooks: Hooks = {
 *   plan: { order: 'post', handler: (plan) => console.error(plan.nodes.length) },
 *   emit: ({ files }, signal) => upload(files, signal),
 * };
 */
export type Hooks = { readonly [Name in HookName]?: HookHandler<Name> | HookTap<Name> };

/** The hooks along a run; the others stand at the ends of phases. */
export type RunHookName = 'runStart' | 'actionStart' | 'actionEnd' | 'runEnd';

export const hookNames: readonly HookName[] = [
  'config',
  'model',
  'assembly',
  'plan',
  'render',
  'emit',
  'runStart',
  'actionStart',
  'actionEnd',
  'runEnd',
];
