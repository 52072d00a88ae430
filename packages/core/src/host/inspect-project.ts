/** `cdkpipe plugins:inspect`: what every plugin of a project brings, and where its taps stand. */
import type { HookName, HookTap } from '../contracts/hooks.ts';
import { hookNames } from '../contracts/hooks.ts';
import { describeKind, type KindPage } from '../contracts/kind-page.ts';
import { type OptionSchema, optionSchemaOf } from '../contracts/option-schema.ts';
import type { Plugin, PluginExample } from '../contracts/plugin.ts';
import type { SpokenProtocols } from '../contracts/protocol.ts';
import { describeRule, type RulePage } from '../contracts/rule-page.ts';
import { orderTaps } from '../hooks/order-taps.ts';
import { configure, type Project } from './configure.ts';
import { optionsGivenTo } from './configure-plugin.ts';
import { guardingProcess } from './guard-process.ts';
import { planWithProject } from './plan-project.ts';
import { phaseOf } from './progress.ts';
import type { ProjectRequest } from './request.ts';

export interface InspectedTap {
  readonly hook: HookName;
  /** Its place among the taps of the hook, from 1. */
  readonly place: number;
  readonly of: number;
  readonly order?: 'pre' | 'post';
  readonly after: readonly string[];
}

/** A rule, and what becomes of its findings in this project. */
export interface InspectedRule extends RulePage {
  readonly level: 'off' | 'warning' | 'error';
}

export interface InspectedPlugin {
  readonly name: string;
  readonly version?: string;
  readonly api: SpokenProtocols;
  /** JSON Schema of the options of the plugin itself; absent where it takes none, or the schema cannot be expressed. */
  readonly options?: OptionSchema;
  /** What the definition gave for them; absent for nothing. */
  readonly givenOptions?: unknown;
  readonly examples: readonly PluginExample<unknown>[];
  /** Whether cdkpipe brings it along. */
  readonly builtIn: boolean;
  readonly kinds: readonly KindPage[];
  readonly renderers: readonly { readonly backend: string; readonly kind: string }[];
  readonly backends: readonly { readonly name: string; readonly summary: string }[];
  readonly rules: readonly InspectedRule[];
  readonly taps: readonly InspectedTap[];
}

export interface InspectReport {
  /** The definition's file. */
  readonly file: string;
  readonly plugins: readonly InspectedPlugin[];
}

/**
 * Reads the definition, and neither builds its stacks nor plans: what plugins bring can be read while the rest is not yet right.
 *
 * @throws CdkpipeError with every fault of the definition's shape and of its plugins
 */
export function inspectProject(request: ProjectRequest): Promise<InspectReport> {
  return guardingProcess(request.signal, async (signal) =>
    phaseOf(request.observe ?? (() => {}), 'configure', async () => {
      const project = await configure({ ...request, signal });
      return { ...reportOf(project, request), summary: 'definition read' };
    }),
  );
}

/**
 * Plans the project, so that the observer is told what the taps did.
 *
 * @throws CdkpipeError as {@link planProject} does
 */
export async function inspectTaps(request: ProjectRequest): Promise<InspectReport> {
  const { project } = await planWithProject({ ...request, traceHooks: true }, false);
  return reportOf(project, request);
}

function reportOf({ file, registry: { plugins }, rules }: Project, { builtIns }: ProjectRequest): InspectReport {
  const levelOf = (name: string) => rules.active.find(({ rule }) => rule.name === name)?.severity ?? 'off';
  return {
    file,
    plugins: plugins.map((plugin) => ({
      ...inspectPlugin(plugin, plugins, builtIns),
      rules: (plugin.rules ?? []).map((rule) => ({ ...describeRule(rule), level: levelOf(rule.name) })),
    })),
  };
}

function inspectPlugin(
  plugin: Plugin,
  all: readonly Plugin[],
  builtIns: readonly Plugin[],
): Omit<InspectedPlugin, 'rules'> {
  const { name, version, api, kinds = [], renderers = [], backends = [] } = plugin;
  const options = plugin.options && optionSchemaOf(plugin.options);
  const givenOptions = optionsGivenTo(plugin);
  return {
    name,
    ...(version === undefined ? {} : { version }),
    api,
    ...(options ? { options } : {}),
    ...(givenOptions === undefined ? {} : { givenOptions }),
    examples: plugin.examples ?? [],
    builtIn: builtIns.some((builtIn) => builtIn.name === name),
    kinds: kinds.map(describeKind),
    renderers: renderers.map(({ backend, kind }) => ({ backend, kind })),
    backends: backends.map(({ name, summary }) => ({ name, summary })),
    taps: hookNames.flatMap((hook) => inspectTap(hook, plugin, all)),
  };
}

function inspectTap(hook: HookName, plugin: Plugin, all: readonly Plugin[]): InspectedTap[] {
  const order = orderTaps(hook, all).map((tap) => tap.plugin.name);
  const index = order.indexOf(plugin.name);
  if (index < 0) return [];
  const tap = plugin.hooks?.[hook] as Partial<HookTap<HookName>>;
  return [
    {
      hook,
      place: index + 1,
      of: order.length,
      ...(tap.order === undefined ? {} : { order: tap.order }),
      after: tap.after ?? [],
    },
  ];
}
