/** Gives a plugin the options of a definition: judged by its schema, then handed to what depends on them. */
import { dirname } from 'node:path';
import type { Plugin } from '../contracts/plugin.ts';
import { checkAgainstManifest, readPluginManifest } from '../contracts/plugin-manifest.ts';
import type { PluginLimits } from '../contracts/registry.ts';
import { pluginOptionsNotAccepted } from '../errors/catalogue/definition.ts';
import { isCdkpipeError, pluginFailed, refused, refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import { callPlugin } from '../hooks/call-plugin.ts';
import { deepFreeze } from '../model/deep-freeze.ts';
import { isRecord } from '../shape/opinions.ts';
import { copyPlainData } from '../shape/plain-data.ts';
import { optionProblems } from '../shape/schema-problems.ts';
import { validateOptions } from '../shape/validate-options.ts';
import { findPackage } from './find-package.ts';
import { judgePlugin } from './judge-plugin.ts';

export interface GivenOptions {
  /** Place of the plugin in the definition. */
  readonly path: string;
  /** Undefined where the definition gives none. */
  readonly options: unknown;
  readonly optionsPath: string;
}

/** What definitions gave, for whoever shows it. */
const given = new WeakMap<Plugin, unknown>();

/** What the definition gave the plugin; undefined for nothing. */
export function optionsGivenTo(plugin: Plugin): unknown {
  return given.get(plugin);
}

/**
 * @param file the definition's file, from which the package of the plugin is found
 * @throws CdkpipeError (`source: 'user'`) with each fault of the options and its place; (`source: 'plugin'`) where the plugin
 *   fails, or brings what its package.json does not name
 */
export async function configurePlugin(
  plugin: Plugin,
  { path, options, optionsPath }: GivenOptions,
  file: string,
  limits: PluginLimits,
): Promise<Plugin> {
  const data = options === undefined ? undefined : copyOptions(options, optionsPath);
  const judged = await judgeOptions(plugin, data, optionsPath, limits);
  const configured = plugin.configure ? await callConfigure(plugin, judged, { path, limits, file }) : plugin;
  given.set(configured, data);
  return configured;
}

/** Read once, as everything that an author exports. */
function copyOptions(options: unknown, at: string): unknown {
  try {
    return copyPlainData(options);
  } catch (error) {
    if (!isCdkpipeError(error) || error.source !== 'user') throw error;
    throw refused(error.problems.map((problem) => ({ ...problem, path: joined(at, problem.path ?? '') })));
  }
}

function joined(at: string, path: string): string {
  return path === '' || path.startsWith('[') ? `${at}${path}` : `${at}.${path}`;
}

async function judgeOptions(plugin: Plugin, options: unknown, path: string, limits: PluginLimits): Promise<unknown> {
  const { options: schema, name } = plugin;
  if (!schema) {
    const isEmpty = options === undefined || (isRecord(options) && Object.keys(options).length === 0);
    refuseIfAny(isEmpty ? [] : [pluginOptionsNotAccepted(path, name)]);
    return {};
  }
  const value = options ?? {};
  const what = `the schema of the plugin "${name}"`;
  const result = await validateOptions({ schema, plugin, what, path, limits }, value);
  if (result.issues) throw refused(optionProblems(result.issues, `the plugin "${name}"`, path, schema, value));
  return deepFreeze(result.value);
}

interface Configuring {
  readonly path: string;
  readonly limits: PluginLimits;
  readonly file: string;
}

async function callConfigure(plugin: Plugin, options: unknown, { path, limits, file }: Configuring): Promise<Plugin> {
  const signal = limits.signal ?? new AbortController().signal;
  const call = { plugin, what: 'making its hooks and renderers', timeoutMs: limits.timeoutMs, signal };
  const made = await callPlugin(call, () => plugin.configure?.(options) ?? {});
  const problems: Problem[] = [];
  const renderers = [...(plugin.renderers ?? []), ...(made.renderers ?? [])];
  const configured = judgePlugin(
    { ...plugin, ...made, ...(renderers.length > 0 ? { renderers } : {}), hooks: { ...plugin.hooks, ...made.hooks } },
    path,
    problems,
  );
  if (problems.length === 0) problems.push(...beyondManifest(configured, file));
  if (problems.length > 0) throw pluginFailed(problems);
  return configured;
}

/** People accepted the plugin by its package.json; one that is a part of the project has none. */
function beyondManifest(plugin: Plugin, file: string): Problem[] {
  const found = findPackage(plugin.name, dirname(file));
  const manifest = found && readPluginManifest(found.description);
  return manifest && 'api' in manifest ? checkAgainstManifest(plugin, { ...manifest, api: plugin.api }) : [];
}
