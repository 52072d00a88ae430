/** The tapable hooks of one command: one at the end of each phase, and four along a run. */

import { AsyncSeriesHook, AsyncSeriesWaterfallHook } from 'tapable';
import type { Assembly } from '../contracts/assembly.ts';
import { type EmitEvent, type HookName, hookNames, type RenderEvent } from '../contracts/hooks.ts';
import type { Plugin } from '../contracts/plugin.ts';
import type { ActionEndEvent, ActionStartEvent, RunEndEvent, RunStartEvent } from '../contracts/run-events.ts';
import type { DefinitionBody } from '../definition/definition.ts';
import { attribution, blame, hookReturnInvalid, hookUnknown } from '../errors/catalogue/plugins.ts';
import { isCdkpipeError, pluginFailed } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import { suggest } from '../errors/near-misses.ts';
import type { Problem } from '../errors/problem.ts';
import { deepFreeze } from '../model/deep-freeze.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Plan } from '../plan/plan.ts';
import { callPlugin, type PluginCall } from './call-plugin.ts';
import { type Change, describeChanges } from './describe-changes.ts';
import { orderTaps } from './order-taps.ts';
import { surroundingsOf } from './surroundings.ts';

/** Waterfalls hand a value on and may change it; series look on. */
export interface PhaseHooks {
  readonly config: AsyncSeriesWaterfallHook<[DefinitionBody]>;
  readonly model: AsyncSeriesWaterfallHook<[Pipeline]>;
  readonly assembly: AsyncSeriesHook<[Assembly]>;
  readonly plan: AsyncSeriesWaterfallHook<[Plan]>;
  readonly render: AsyncSeriesWaterfallHook<[RenderEvent]>;
  readonly emit: AsyncSeriesHook<[EmitEvent]>;
  readonly runStart: AsyncSeriesHook<[RunStartEvent]>;
  readonly actionStart: AsyncSeriesHook<[ActionStartEvent]>;
  readonly actionEnd: AsyncSeriesHook<[ActionEndEvent]>;
  readonly runEnd: AsyncSeriesHook<[RunEndEvent]>;
}

/** What one call of one tap did. */
export interface TapTrace {
  readonly hook: HookName;
  readonly plugin: string;
  readonly version?: string;
  /** ID of the plan's node that the call was about. */
  readonly node?: string;
  readonly milliseconds: number;
  /** What it changed: in the value that it returned, in the stacks at the end of `render`, in the files of `emit`. */
  readonly changes: readonly Change[];
  /** Whether it ended in a fault. */
  readonly failed: boolean;
}

export interface HookSettings {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Judges what a tap returned in place of the value it got; throws when it cannot be used. */
  accept<Name extends HookName>(hook: Name, returned: unknown, before: unknown): unknown;
  /** Is told of every call of a tap, in the order in which they end. */
  trace?(tap: TapTrace): void;
}

/**
 * @throws CdkpipeError (`source: 'plugin'`) for taps of hooks that do not exist and for an order that cannot be met
 */
export function createPhaseHooks(plugins: readonly Plugin[], settings: HookSettings): PhaseHooks {
  const unknown = plugins.flatMap((plugin) =>
    Object.keys(plugin.hooks ?? {})
      .filter((name) => !(hookNames as readonly string[]).includes(name))
      .map((name) => hookUnknown(plugin, name, suggest(name, hookNames))),
  );
  if (unknown.length > 0) throw pluginFailed(unknown);
  const hooks: PhaseHooks = {
    config: new AsyncSeriesWaterfallHook(['definition']),
    model: new AsyncSeriesWaterfallHook(['pipeline']),
    assembly: new AsyncSeriesHook(['assembly']),
    plan: new AsyncSeriesWaterfallHook(['plan']),
    render: new AsyncSeriesWaterfallHook(['event']),
    emit: new AsyncSeriesHook(['event']),
    runStart: new AsyncSeriesHook(['event']),
    actionStart: new AsyncSeriesHook(['event']),
    actionEnd: new AsyncSeriesHook(['event']),
    runEnd: new AsyncSeriesHook(['event']),
  };
  for (const hook of hookNames) tapAll(hook, hooks[hook] as unknown as AnyHook, plugins, settings);
  return hooks;
}

interface AnyHook {
  tapPromise(name: string, handler: (input: unknown) => Promise<unknown>): void;
}

function tapAll(hook: HookName, target: AnyHook, plugins: readonly Plugin[], settings: HookSettings): void {
  for (const { plugin, handler } of orderTaps(hook, plugins)) {
    const { timeoutMs, signal, trace } = settings;
    const run: Tap = async (input) => {
      const node = nodeOf(input);
      const call = { plugin, what: `the tap of "${hook}"`, hook, timeoutMs, signal, ...(node ? { node } : {}) };
      // A handler sees the type of its own hook only; the table of hooks keeps the two together.
      const returned = await callPlugin(call, (limit) => (handler as AnyHandler)(deepFreeze(input), limit));
      const looked = await surroundingsOf(input)?.look(trace !== undefined);
      if (looked && looked.problems.length > 0)
        throw pluginFailed(looked.problems.map((problem) => ({ ...problem, ...blame(call), ...nodeIn(problem) })));
      const result = returned === undefined ? undefined : acceptReturned(call, returned, input, settings);
      const changes = () => [
        ...(looked?.changes ?? []),
        ...(result === undefined ? [] : describeChanges(input, result)),
      ];
      return { result, changes };
    };
    target.tapPromise(plugin.name, async (input) =>
      trace ? traced(hook, plugin, () => run(input), trace, input) : (await run(input)).result,
    );
  }
}

interface TapResult {
  readonly result: unknown;
  /** What the tap changed; asked for only where somebody wants to know. */
  changes(): readonly Change[];
}

type Tap = (input: unknown) => Promise<TapResult>;

async function traced(
  hook: HookName,
  plugin: Plugin,
  run: () => Promise<TapResult>,
  trace: (tap: TapTrace) => void,
  input: unknown,
): Promise<unknown> {
  const start = performance.now();
  const tell = (changes: readonly Change[], failed: boolean, end = performance.now()) => {
    const node = nodeOf(input);
    const who = { ...attribution(plugin), plugin: plugin.name, ...(node === undefined ? {} : { node }) };
    trace({ hook, ...who, milliseconds: end - start, changes, failed });
  };
  try {
    const { result, changes } = await run();
    const end = performance.now();
    tell(changes(), false, end);
    return result;
  } catch (error) {
    tell([], true);
    throw error;
  }
}

/** A problem may know a node where its event had none. */
function nodeIn({ node }: Problem): Pick<Problem, 'node'> {
  return node === undefined ? {} : { node };
}

type TapCall = PluginCall & { readonly hook: HookName };

type AnyHandler = (input: unknown, signal: AbortSignal) => unknown;

function acceptReturned(call: TapCall, returned: unknown, input: unknown, settings: HookSettings) {
  const { plugin, hook } = call;
  try {
    return settings.accept(hook, returned, input);
  } catch (cause) {
    const problems = isCdkpipeError(cause) ? cause.problems : [hookReturnInvalid(plugin, hook, describeThrown(cause))];
    throw pluginFailed(
      problems.map((problem) => ({ ...problem, ...blame(call), ...nodeIn(problem) })),
      { cause },
    );
  }
}

/** The node of the plan that an event is about. */
function nodeOf(input: unknown): string | undefined {
  const node = (input as { node?: { id?: unknown } } | null)?.node?.id;
  return typeof node === 'string' ? node : undefined;
}
