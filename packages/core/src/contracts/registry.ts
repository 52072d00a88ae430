/** What all plugins of a project bring together, by name. */

import { backendTaken, kindTaken, rendererTaken } from '../errors/catalogue/plugins.ts';
import { ruleTaken } from '../errors/catalogue/rules.ts';
import { pluginFailed } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { AnyBackend, AnyKind, AnyRenderer, AnyRule, Plugin } from './plugin.ts';

/** Something with the plugin that brought it. */
export interface Contribution<T> {
  readonly value: T;
  readonly plugin: Plugin;
}

/** How long a plugin may take over one thing that it is asked for. */
export interface PluginLimits {
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** Aborted when the command is interrupted. */
  readonly signal?: AbortSignal;
}

/** Milliseconds, where nobody says otherwise; `CDKPIPE_PLUGIN_TIMEOUT` does in commands. */
export const defaultPluginTimeout = 30_000;

export interface Registry {
  readonly limits: PluginLimits;
  readonly plugins: readonly Plugin[];
  readonly kinds: ReadonlyMap<string, Contribution<AnyKind>>;
  readonly backends: ReadonlyMap<string, Contribution<AnyBackend>>;
  readonly rules: ReadonlyMap<string, Contribution<AnyRule>>;
  findRenderer(backend: string, kind: string): Contribution<AnyRenderer> | undefined;
  readonly findBringers: FindBringers;
}

/**
 * Packages that bring a kind which a plugin lowers to, as far as the plugin says so by its peers; none where the plugin
 * is a part of the project. Undefined where the plugin names no such package, which it has to.
 */
export type FindBringers = (plugin: Plugin, kind: string) => readonly string[] | undefined;

/**
 * Registers what plugins bring.
 *
 * @throws CdkpipeError (`source: 'plugin'`) naming every kind, backend, rule or renderer that two plugins bring
 */
export function registerPlugins(
  plugins: readonly Plugin[],
  limits: PluginLimits = { timeoutMs: defaultPluginTimeout },
  findBringers: FindBringers = () => undefined,
): Registry {
  const problems: Problem[] = [];
  const kinds = new Map<string, Contribution<AnyKind>>();
  const backends = new Map<string, Contribution<AnyBackend>>();
  const rules = new Map<string, Contribution<AnyRule>>();
  const renderers = new Map<string, Contribution<AnyRenderer>>();
  const add = <T>(
    into: Map<string, Contribution<T>>,
    key: string,
    value: T,
    plugin: Plugin,
    taken: (key: string, plugin: Plugin, holder: Plugin) => Problem,
  ) => {
    const holder = into.get(key);
    if (holder) problems.push(taken(key, plugin, holder.plugin));
    else into.set(key, { value, plugin });
  };
  for (const plugin of plugins) {
    for (const kind of plugin.kinds ?? []) add(kinds, kind.name, kind, plugin, kindTaken);
    for (const backend of plugin.backends ?? []) add(backends, backend.name, backend, plugin, backendTaken);
    for (const rule of plugin.rules ?? []) add(rules, rule.name, rule, plugin, ruleTaken);
    for (const renderer of plugin.renderers ?? [])
      add(renderers, rendererKey(renderer.backend, renderer.kind), renderer, plugin, rendererTaken);
  }
  if (problems.length > 0) throw pluginFailed(problems);
  return {
    limits,
    plugins,
    kinds,
    backends,
    rules,
    findRenderer: (backend, kind) => renderers.get(rendererKey(backend, kind)),
    findBringers,
  };
}

function rendererKey(backend: string, kind: string): string {
  return `${kind} on ${backend}`;
}
