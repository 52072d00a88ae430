/** The contract of a plugin: one plain object, the default export of an npm package. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Backend } from './backend.ts';
import type { Hooks } from './hooks.ts';
import type { Kind } from './kind.ts';
import type { SpokenProtocols } from './protocol.ts';
import type { Renderer } from './renderer.ts';
import type { Rule, RuleReads } from './rule.ts';

// Kinds and backends are contravariant in their options; only the host calls them, with what their schema produced.
// biome-ignore lint/suspicious/noExplicitAny: an existential type, which TypeScript lacks
export type AnyKind = Kind<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyRenderer = Renderer<any, any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyBackend = Backend<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyRule = Rule<any, any, RuleReads>;

/** Options of a plugin for its page and for conformance tests; they must satisfy the schema. */
export interface PluginExample<Input> {
  readonly title: string;
  readonly options: Input;
}

/** What of a plugin may depend on its options. */
export interface ConfiguredParts {
  readonly renderers?: readonly AnyRenderer[];
  readonly hooks?: Hooks;
}

/**
 * The default export of the package of a plugin.
 *
 * @typeParam Input options as an author writes them; `never` for a plugin that takes none
 * @example
 * export default definePlugin({ name: '@acme/cdkpipe-plugin-pager', api: 1, kinds: [pagerKind] });
 */
// biome-ignore lint/suspicious/noExplicitAny: as above
export interface Plugin<Input = any> extends ConfiguredParts {
  /** The npm name of the package. */
  readonly name: string;
  /** Version of the package, for messages; read from its package.json when absent. */
  readonly version?: string;
  /** Protocol number the plugin was written for, or a list of those it speaks; see {@link pluginApi}. */
  readonly api: SpokenProtocols;
  /** Addresses (`https:`) of the pages that explain the codes of the plugin's own problems, by code. */
  readonly problemDocs?: Readonly<Record<string, string>>;
  /**
   * Schema of the options that a definition may give the plugin. Without one, no options are accepted.
   */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly options?: StandardSchemaV1<Input, any>;
  /** Options for the page of the plugin; the checks try each. */
  readonly examples?: readonly PluginExample<Input>[];
  readonly kinds?: readonly AnyKind[];
  readonly backends?: readonly AnyBackend[];
  /** Lint rules; each judges at its own severity where the definition does not set it. */
  readonly rules?: readonly AnyRule[];
  /** Makes the parts that depend on the options; `definePlugin` writes it where `hooks` or `renderers` is a function. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly configure?: (options: any) => ConfiguredParts;
}

/** A plugin as its author declares it: `hooks` and `renderers` may be functions of the options. */
export interface PluginDeclaration<Input, Output>
  extends Omit<Plugin<Input>, 'options' | 'examples' | 'hooks' | 'renderers' | 'configure'> {
  /** Schema of the options; types, the check of a definition, JSON Schema and the docs come from it. */
  readonly options?: StandardSchemaV1<Input, Output>;
  readonly examples?: readonly PluginExample<NoInfer<Input>>[];
  readonly hooks?: Hooks | ((options: NoInfer<Output>) => Hooks);
  readonly renderers?: readonly AnyRenderer[] | ((options: NoInfer<Output>) => readonly AnyRenderer[]);
}

/** Declares a plugin; the types of its options flow from the schema. */
export function definePlugin<Input = never, Output = Input>(plugin: PluginDeclaration<Input, Output>): Plugin<Input> {
  return Object.freeze(withConfigure(plugin as PluginDeclaration<unknown, unknown>)) as Plugin<Input>;
}

/** The same with functions of the options in `configure`, so that `hooks` and `renderers` are plain wherever they stand. */
export function withConfigure(plugin: PluginDeclaration<unknown, unknown>): Plugin {
  const { hooks, renderers, ...rest } = plugin;
  const isFixed = typeof hooks !== 'function' && typeof renderers !== 'function';
  if (isFixed) return plugin as Plugin;
  return {
    ...rest,
    ...(hooks === undefined || typeof hooks === 'function' ? {} : { hooks }),
    ...(renderers === undefined || typeof renderers === 'function' ? {} : { renderers }),
    configure: (options) => ({
      ...(typeof hooks === 'function' ? { hooks: hooks(options) } : {}),
      ...(typeof renderers === 'function' ? { renderers: renderers(options) } : {}),
    }),
  };
}
