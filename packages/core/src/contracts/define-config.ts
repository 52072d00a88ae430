/** The definition: what an author exports from `cdkpipe.config.ts`. */
import type { DefinitionBody } from '../definition/definition.ts';
import type { Plugin } from './plugin.ts';

/**
 * A plugin as object, or the npm name of the package whose default export it is; with options as a pair,
 * `[policy, { level: 2 }]`, or, as in files of data, `{ plugin, options }`.
 */
export type PluginEntry =
  | Plugin
  | string
  | readonly [plugin: Plugin | string, options: unknown]
  | { readonly plugin: Plugin | string; readonly options?: unknown };

export interface Definition extends DefinitionBody {
  readonly plugins?: readonly PluginEntry[];
}

export type DefinitionExport = Definition | (() => Definition | Promise<Definition>);

/** An entry of `plugins` whose options are those of its plugin. */
type CheckedEntry<Entry> = Entry extends readonly [infer Listed, unknown]
  ? Listed extends Plugin<infer Input>
    ? readonly [Listed, Input]
    : Entry
  : Entry;

type CheckedPlugins<T> = T extends { readonly plugins: readonly (infer Entry)[] }
  ? { readonly plugins: readonly CheckedEntry<Entry>[] }
  : unknown;

/** Types a definition, or a function that makes one. The options of plugins are checked in a definition that is no function. */
export function defineConfig<T extends DefinitionExport>(definition: T & CheckedPlugins<T>): T {
  return definition;
}
