/** Calls a tap of a plugin as a command would, and says what it was given and what it returned. */
import type {
  HookHandler,
  HookInputs,
  HookName,
  HookResults,
  Hooks,
  HookTap,
  Plugin,
  RunHookName,
} from '@cdkpipe/core';
import { synthesize } from '@cdkpipe/core/host';
import type { PipelineSketch } from './pipeline-sketch.ts';
import { type RunThrough, runThrough } from './run-through.ts';
import { openTestProject } from './test-project.ts';

/** One call of a tap. */
export interface TapCall<Name extends HookName> {
  readonly input: HookInputs[Name];
  /** Undefined where it left the value as it is. */
  readonly returned: HookResults[Name] | undefined;
}

export interface Tapped<Name extends HookName> {
  /** In their order: `render` is called once for each action and once at the end, `actionStart` for each action. */
  readonly calls: readonly TapCall<Name>[];
  /**
   * What the only call returned.
   *
   * @throws Error where there were several, which are in `calls`
   */
  readonly returned: HookResults[Name] | undefined;
  /** How the run ended, for the hooks along a run. */
  readonly end?: RunThrough['end'];
}

/** @typeParam Input options of the plugin */
export interface TapOptions<Input = unknown> {
  /** Options of the plugin, as a definition would give them; by default none. */
  readonly options?: Input;
  /** Default `codepipeline`; runs are always those of `local`. */
  readonly backend?: string;
  /** IDs of gates that do not pass in the run, such as `Beta/Smoke`. */
  readonly rejected?: readonly string[];
}

const runHooks: readonly string[] = ['runStart', 'actionStart', 'actionEnd', 'runEnd'] satisfies RunHookName[];

/**
 * Takes a pipeline through the phases up to the hook, with this one tap of the plugin at work. For the hooks along a run it
 * rehearses the pipeline: no command of a step runs, and every gate passes that `rejected` does not name.
 *
 * @throws CdkpipeError as the command does: what the tap throws, and what it returns and may not, such as a gate that is gone
 */
export async function tap<Name extends HookName, Input>(
  plugin: Plugin<Input>,
  hook: Name,
  pipeline: PipelineSketch = {},
  { backend = 'codepipeline', rejected = [], options }: TapOptions<NoInfer<Input>> = {},
): Promise<Tapped<Name>> {
  const calls: TapCall<Name>[] = [];
  const recorded = recordTap(plugin, hook, calls);
  const tested = { plugin: recorded.plugin, options };
  using project = openTestProject(pipeline, [...(pipeline.plugins ?? []).map((each) => ({ plugin: each })), tested]);
  await synthesize({ ...project.request(backend), output: 'cdk.out', validate: false });
  if (!recorded.isThere()) throw new Error(`the plugin ${plugin.name} has no tap of "${hook}"`);
  const run = runHooks.includes(hook) ? await runThrough(project, rejected) : {};
  return {
    calls,
    get returned() {
      const [first, ...others] = calls;
      if (others.length > 0) throw new Error(`the tap of "${hook}" was called ${calls.length} times: look at "calls"`);
      return first?.returned;
    },
    ...run,
  };
}

/** The plugin with this tap and no other, and whether it has one: its options may decide that. */
function recordTap<Name extends HookName>(plugin: Plugin, hook: Name, calls: TapCall<Name>[]) {
  let isThere = false;
  const recorded = <Parts extends { readonly hooks?: Hooks }>({ hooks, ...parts }: Parts) => {
    const own = hooks?.[hook];
    if (!own) return parts;
    isThere = true;
    return { ...parts, hooks: { [hook]: recordHandler<Name>(own, calls) } };
  };
  const { configure } = plugin;
  return {
    plugin: {
      ...recorded(plugin),
      ...(configure ? { configure: (options: unknown) => recorded(configure(options)) } : {}),
    } as Plugin,
    isThere: () => isThere,
  };
}

function recordHandler<Name extends HookName>(own: NonNullable<Hooks[Name]>, calls: TapCall<Name>[]) {
  const handler = (typeof own === 'function' ? own : (own as HookTap<Name>).handler) as HookHandler<Name>;
  return async (input: HookInputs[Name], signal: AbortSignal) => {
    const returned = (await handler(input, signal)) as HookResults[Name] | undefined;
    calls.push({ input, returned });
    return returned;
  };
}
