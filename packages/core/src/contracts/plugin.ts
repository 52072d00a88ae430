/** The contract of a plugin: one plain object, the default export of an npm package. */
import type { Backend } from './backend.ts';
import type { Hooks } from './hooks.ts';
import type { Kind } from './kind.ts';
import type { Renderer } from './renderer.ts';
import type { Rule, RuleReads } from './rule.ts';

/** The plugin protocol this cdkpipe speaks; apart from npm versions. */
export const pluginApi = 1;

// Kinds and backends are contravariant in their options; only the host calls them, with what their schema produced.
// biome-ignore lint/suspicious/noExplicitAny: an existential type, which TypeScript lacks
export type AnyKind = Kind<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyRenderer = Renderer<any, any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyBackend = Backend<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyRule = Rule<any, any, RuleReads>;

export interface Plugin {
  /** The npm name of the package. */
  readonly name: string;
  /** Version of the package, for messages; read from its package.json when absent. */
  readonly version?: string;
  /** Protocol number the plugin was written for; see {@link pluginApi}. */
  readonly api: number;
  readonly kinds?: readonly AnyKind[];
  readonly renderers?: readonly AnyRenderer[];
  readonly backends?: readonly AnyBackend[];
  readonly hooks?: Hooks;
  /** Lint rules; each judges at its own severity where the definition does not set it. */
  readonly rules?: readonly AnyRule[];
}

/** Declares a plugin. */
export function definePlugin(plugin: Plugin): Plugin {
  return Object.freeze(plugin);
}
