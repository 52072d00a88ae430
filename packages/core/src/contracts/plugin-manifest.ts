/** What a plugin's package.json says of it, so that it can be judged before any of its code is installed or run. */
import * as z from 'zod';
import { manifestDisagrees, manifestInvalid, manifestMissing } from '../errors/catalogue/plugin-manifest.ts';
import type { Problem } from '../errors/problem.ts';
import { type HookName, hookNames } from './hooks.ts';
import type { Plugin } from './plugin.ts';
import type { SpokenProtocols } from './protocol.ts';

/**
 * The key of package.json. It is not `cdkpipe`: under that key a project may keep its definition, and a plugin's
 * package would be taken for one.
 */
export const manifestKey = 'cdkpipePlugin';

/** The keyword by which a registry finds plugins; a plugin must have it. */
export const manifestKeyword = 'cdkpipe-plugin';

export interface PluginManifest {
  /** Protocol number, or a list of them, as in `definePlugin`. */
  readonly api: SpokenProtocols;
  /** Names of the kinds it brings. */
  readonly kinds: readonly string[];
  /** Renderers it brings: `codepipeline/manual` draws the kind `manual` on the backend `codepipeline`. */
  readonly renderers: readonly string[];
  /** Names of the backends it brings. */
  readonly backends: readonly string[];
  /** Names of the lint rules it provides. */
  readonly rules: readonly string[];
  /** Hooks it taps. */
  readonly hooks: readonly HookName[];
}

const names = z.array(z.string().min(1)).default([]);

const protocol = z.number().int().positive();

const manifestSchema = z.strictObject({
  api: z.union([protocol, z.array(protocol).min(1)], 'expected a protocol number, or a list of them'),
  kinds: names,
  renderers: names,
  backends: names,
  rules: names,
  hooks: z.array(z.enum(hookNames)).default([]),
});

/** What of a package.json matters here. */
export interface PackageDescription {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly keywords?: unknown;
  readonly [manifestKey]?: unknown;
}

/** Reads the manifest from the content of a package.json; faults are problems, as a stranger wrote it. */
export function readPluginManifest(description: PackageDescription): PluginManifest | readonly Problem[] {
  const { keywords, [manifestKey]: value } = description;
  const named = { name: String(description.name), version: String(description.version) };
  const lacking = [
    ...(value === undefined ? [`the key "${manifestKey}"`] : []),
    ...(Array.isArray(keywords) && keywords.includes(manifestKeyword) ? [] : [`the keyword "${manifestKeyword}"`]),
  ];
  if (lacking.length > 0) return [manifestMissing(named, lacking)];
  const result = manifestSchema.safeParse(value);
  if (result.success) return result.data;
  return result.error.issues.map(({ path, message }) =>
    manifestInvalid(named, [manifestKey, ...path.map(String)].join('.'), message),
  );
}

/** The manifest that a plugin should have, made from the plugin itself. */
export function manifestOf(plugin: Plugin): PluginManifest {
  return {
    api: plugin.api,
    kinds: (plugin.kinds ?? []).map(({ name }) => name),
    renderers: (plugin.renderers ?? []).map(({ backend, kind }) => `${backend}/${kind}`),
    backends: (plugin.backends ?? []).map(({ name }) => name),
    rules: (plugin.rules ?? []).map(({ name }) => name),
    hooks: hookNames.filter((hook) => plugin.hooks?.[hook] !== undefined),
  };
}

/**
 * Compares a loaded plugin with what its package.json had promised. Where options decide about hooks and renderers, it may
 * bring less of these than was promised, and never more.
 */
export function checkAgainstManifest(plugin: Plugin, manifest: PluginManifest): Problem[] {
  const loaded = manifestOf(plugin);
  const isPart = (key: keyof PluginManifest) =>
    plugin.configure !== undefined &&
    (key === 'hooks' || key === 'renderers') &&
    loaded[key].every((name) => (manifest[key] as readonly string[]).includes(name));
  return (['api', 'kinds', 'renderers', 'backends', 'rules', 'hooks'] as const).flatMap((key) => {
    const [promised, found] = [shown(manifest[key]), shown(loaded[key])];
    return promised === found || isPart(key)
      ? []
      : [manifestDisagrees(plugin, `${manifestKey}.${key}`, promised, found)];
  });
}

function shown(value: SpokenProtocols | readonly string[]): string {
  return typeof value === 'number' ? String(value) : [...value].map(String).sort().join(', ') || 'none';
}
