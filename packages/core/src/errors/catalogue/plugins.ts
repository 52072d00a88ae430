/** Words for what plugins do wrong. */
import type { PluginWork } from '../plugin-at-work.ts';
import type { Problem } from '../problem.ts';

/** How messages name a plugin. */
interface NamedPlugin {
  readonly name: string;
  readonly version?: string;
}

/** The attribution every fault of a plugin carries. */
export function attribution(plugin: NamedPlugin): Pick<Problem, 'plugin' | 'version'> {
  return { plugin: plugin.name, ...(plugin.version === undefined ? {} : { version: plugin.version }) };
}

/** With the page that the plugin names for a code of its own. */
export function documented(problem: Problem, { problemDocs = {} }: PluginWork['plugin']): Problem {
  const docs = Object.hasOwn(problemDocs, problem.code) ? problemDocs[problem.code] : undefined;
  return problem.docs !== undefined || docs === undefined ? problem : { ...problem, docs };
}

/** Whose fault it is, and at what: for everything that goes wrong while a plugin works. */
export function blame({
  plugin,
  hook,
  rule,
  node,
  kind,
  backend,
}: Omit<PluginWork, 'what'>): Pick<Problem, 'plugin' | 'version' | 'hook' | 'rule' | 'node' | 'kind' | 'backend'> {
  return {
    ...attribution(plugin),
    ...(hook === undefined ? {} : { hook }),
    ...(rule === undefined ? {} : { rule }),
    ...(node === undefined ? {} : { node }),
    ...(kind === undefined ? {} : { kind }),
    ...(backend === undefined ? {} : { backend }),
  };
}

const taken =
  (code: string, what: string) =>
  (name: string, plugin: NamedPlugin, holder: NamedPlugin): Problem => ({
    code,
    message: `the ${what} "${name}" is already brought by ${holder.name}`,
    fix: `remove one of the two plugins, ${plugin.name} or ${holder.name}`,
    ...attribution(plugin),
  });

export const kindTaken = taken('KIND_TAKEN', 'kind');
export const backendTaken = taken('BACKEND_TAKEN', 'backend');
export const rendererTaken = taken('RENDERER_TAKEN', 'renderer of');

export const pluginNotAPlugin = (path: string, name: string): Problem => ({
  code: 'PLUGIN_INVALID',
  message: `${name} is not a cdkpipe plugin: its default export was not made by definePlugin`,
  path,
  fix: 'export the result of definePlugin as default',
});

export const pluginUnreadable = (path: string, message: string): Problem => ({
  code: 'PLUGIN_INVALID',
  message: `reading the plugin failed: ${message}`,
  path,
  fix: 'export the result of definePlugin as default',
});

/** Something that it declares is not what the contract says. */
export const pluginMalformed = (plugin: NamedPlugin, path: string, what: string): Problem => ({
  code: 'PLUGIN_INVALID',
  message: `the plugin does not keep to its contract: ${what}`,
  path,
  fix: 'report it to the author of the plugin, who finds the contract in docs/authors.md',
  ...attribution(plugin),
});

export const pluginApiMismatch = (path: string, plugin: NamedPlugin, found: unknown, expected: number): Problem => ({
  code: 'PLUGIN_API_MISMATCH',
  message: `the plugin speaks protocol ${Array.isArray(found) ? found.join(' and ') : JSON.stringify(found)}, this cdkpipe speaks ${expected}`,
  path,
  fix: Math.max(...[found].flat().map(Number)) > expected ? 'update cdkpipe' : 'update the plugin',
  ...attribution(plugin),
});

export const pluginNotFound = (path: string, name: string): Problem => ({
  code: 'PLUGIN_NOT_FOUND',
  message: `the plugin "${name}" is not installed in this project`,
  path,
  fix: `install it with cdkpipe plugins:install ${name}`,
});

export const pluginNotLoaded = (path: string | undefined, plugin: NamedPlugin, message: string): Problem => ({
  code: 'PLUGIN_NOT_LOADED',
  message: `the plugin "${plugin.name}" failed while it was loaded: ${message}`,
  ...(path === undefined ? {} : { path }),
  fix: 'report it to the author of the plugin, or pin an earlier version',
  ...attribution(plugin),
});

export const pluginTwice = (path: string, name: string): Problem => ({
  code: 'PLUGIN_TWICE',
  message: `the plugin "${name}" is listed twice`,
  path,
  fix: 'remove one of the two',
});

export const pluginThrew = (plugin: NamedPlugin, what: string, message: string): Problem => ({
  code: 'PLUGIN_FAILED',
  message: `${what} failed: ${message}`,
  fix: 'report it to the author of the plugin',
  ...attribution(plugin),
});

export const pluginTimedOut = (plugin: NamedPlugin, what: string, seconds: number): Problem => ({
  code: 'PLUGIN_TIMED_OUT',
  message: `${what} did not settle within ${seconds} s`,
  fix: 'report it to the author of the plugin, or raise the limit with CDKPIPE_PLUGIN_TIMEOUT (seconds)',
  ...attribution(plugin),
});

export const pluginExited = (work: PluginWork): Problem => ({
  code: 'PLUGIN_EXITED',
  message: `${work.what} wanted to end the process`,
  fix: 'report it to the author of the plugin: a plugin throws, and cdkpipe decides how the command ends',
  ...blame(work),
});

export const pluginStrayed = (work: PluginWork, message: string): Problem => ({
  code: 'PLUGIN_STRAYED',
  message: `something that ${work.what} left running failed: ${message}`,
  fix: 'report it to the author of the plugin: it must wait for what it starts',
  ...blame(work),
});

export const globalsPatched = (work: PluginWork, names: readonly string[]): Problem => ({
  code: 'PLUGIN_PATCHED_GLOBALS',
  message: `${work.what} replaced ${names.join(', ')}, which all code of this process uses`,
  fix: 'report it to the author of the plugin: a plugin wraps what it calls itself, and leaves globals as they are',
  ...blame(work),
});

export const filesChangedLater = (file: string): Problem => ({
  code: 'EMIT_NOT_AWAITED',
  message: `the file "${file}" changed after the taps of \`emit\` had ended`,
  fix: 'report it to the author of the plugin: a tap of `emit` must wait until it has written everything',
});

export const hookUnknown = (plugin: NamedPlugin, hook: string, fix: string): Problem => ({
  code: 'HOOK_UNKNOWN',
  message: `the plugin taps a hook that does not exist: "${hook}"`,
  fix,
  ...attribution(plugin),
});

export const hookOrderUnknown = (plugin: NamedPlugin, hook: string, wanted: string, fix: string): Problem => ({
  code: 'HOOK_ORDER_UNKNOWN',
  message: `the tap of "${hook}" wants to come after the plugin "${wanted}", which does not tap it`,
  hook,
  fix,
  ...attribution(plugin),
});

export const hookOrderCycle = (hook: string, cycle: readonly string[]): Problem => ({
  code: 'HOOK_ORDER_CYCLE',
  message: `the taps of "${hook}" wait for each other: ${cycle.join(' after ')}`,
  hook,
  fix: 'remove one `after`',
});

export const hookReturnInvalid = (plugin: NamedPlugin, hook: string, message: string): Problem => ({
  code: 'HOOK_RESULT_INVALID',
  message: `the tap of "${hook}" returned something that cannot be used: ${message}`,
  hook,
  fix: 'report it to the author of the plugin',
  ...attribution(plugin),
});

/** @param what what the backend returned, such as `no list of artifacts` */
export const artifactInvalid = (plugin: NamedPlugin, backend: string, what: string): Problem => ({
  code: 'ARTIFACT_INVALID',
  message: `render of the backend "${backend}" returned ${what}`,
  fix: 'report it to the author of the plugin; nothing was written',
  backend,
  ...attribution(plugin),
});
