/** Searches a registry for plugins, and reads what each says of itself. */
import { type PluginManifest, readPluginManifest, refused } from '@cdkpipe/core';
import fetch from 'npm-registry-fetch';
import pacote from 'pacote';
import type { NpmSettings } from './npm-settings.ts';
import { registryWithoutSearch } from './problems.ts';
import { wordRegistryFault } from './word-fault.ts';

export interface FoundPlugin {
  readonly name: string;
  /** The latest. */
  readonly version: string;
  readonly description?: string;
  /** When the latest version was released, as the registry says it. */
  readonly releasedAt?: string;
  /** Downloads in a week; absent where the registry does not count them. */
  readonly weeklyDownloads?: number;
  readonly publisher?: string;
  readonly deprecated?: string;
  readonly manifest: PluginManifest;
}

export interface FoundPlugins {
  /** Host of the registry. */
  readonly registry: string;
  readonly plugins: readonly FoundPlugin[];
}

/** The keyword by which plugins are found. */
const keyword = 'cdkpipe-plugin';

/**
 * Packages that have the keyword and a manifest that can be read, in the order of the registry:
 * https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md#get-v1search
 *
 * @param most how many results of the registry are looked at, at most 250
 * @throws CdkpipeError (`source: 'user'`) when the registry cannot be searched
 */
export async function searchPlugins(
  words: readonly string[],
  most: number,
  settings: NpmSettings,
): Promise<FoundPlugins> {
  const registry = new URL(String(settings.registry)).host;
  const text = [`keywords:${keyword}`, ...words].join(' ');
  let found: Record<string, unknown>;
  try {
    found = await fetch.json('/-/v1/search', { ...settings, query: { text, size: most } });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'E404')
      throw refused([registryWithoutSearch(registry)], { cause: error });
    throw wordRegistryFault(error, `the search for ${JSON.stringify(words.join(' '))}`, registry);
  }
  const results = (Array.isArray(found.objects) ? found.objects : []).map(readResult);
  const plugins = await Promise.all(results.map((result) => result && readPlugin(result, words, settings)));
  return { registry, plugins: plugins.filter((plugin) => plugin !== undefined) };
}

type Result = Omit<FoundPlugin, 'manifest' | 'version' | 'deprecated'>;

/** Undefined for what no registry should answer. */
function readResult(object: unknown): Result | undefined {
  const { package: content, downloads } = objectIn(object);
  const { name, description, date, publisher } = objectIn(content);
  if (typeof name !== 'string') return undefined;
  const { weekly } = objectIn(downloads);
  const { username } = objectIn(publisher);
  return {
    name,
    ...(typeof description === 'string' && { description }),
    ...(typeof date === 'string' && { releasedAt: date }),
    ...(typeof weekly === 'number' && { weeklyDownloads: weekly }),
    ...(typeof username === 'string' && { publisher: username }),
  };
}

/** Registries that do not know the words of npm's search answer with other packages, too; those are left out. */
async function readPlugin(
  result: Result,
  words: readonly string[],
  settings: NpmSettings,
): Promise<FoundPlugin | undefined> {
  let content: pacote.Manifest;
  try {
    content = await pacote.manifest(result.name, { ...settings, fullMetadata: true });
  } catch {
    return undefined;
  }
  const manifest = readPluginManifest(content);
  if (!('api' in manifest) || !isAbout(words, result, content, manifest)) return undefined;
  const { version, deprecated, description } = content;
  return {
    ...(typeof description === 'string' && { description }),
    ...result,
    version,
    ...(typeof deprecated === 'string' && deprecated !== '' && { deprecated }),
    manifest,
  };
}

function isAbout(
  words: readonly string[],
  { name, description = '' }: Result,
  content: object,
  manifest: PluginManifest,
) {
  const { keywords } = content as { keywords?: unknown };
  const text = JSON.stringify([name, description, keywords, manifest]).toLowerCase();
  return words.every((word) => text.includes(word.toLowerCase()));
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
