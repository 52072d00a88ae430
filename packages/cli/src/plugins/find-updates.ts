/** Finds what `plugins:update` has to do: which plugins have another version, or are not as the lock says. */
import { type Problem, refuseIfAny, suggest } from '@cdkpipe/core';
import { findInstalledPlugins, type InstalledPlugin } from '../installed/installed-plugins.ts';
import { pluginNotInstalled } from '../problems/plugin-problems.ts';
import { type Examination, type ExaminationRequest, examinePlugin } from './examine-plugin.ts';
import { lockEntryOf, type PluginProject } from './plugin-project.ts';

export interface Update {
  readonly examination: Examination;
  /** The version that is installed. */
  readonly from: string;
}

export interface Updates {
  readonly due: readonly Update[];
  /** Names of plugins that have no other version, and are as the lock says. */
  readonly upToDate: readonly string[];
}

/**
 * @param wanted names, with a version if the latest is not meant; all plugins of registries when empty
 * @throws CdkpipeError (`source: 'user'`) for names that the project does not have, and for what may not come in
 */
export async function findUpdates(wanted: readonly string[], request: ExaminationRequest): Promise<Updates> {
  const { project } = request;
  const installed = findInstalledPlugins(project.directory, project.package.directory);
  const specs =
    wanted.length > 0 ? wanted : installed.filter((one) => isFromRegistry(one, project)).map(({ name }) => name);
  refuseIfAny(specs.flatMap((spec) => unknown(nameIn(spec), installed)));
  const due: Update[] = [];
  const upToDate: string[] = [];
  for (const spec of specs) {
    const plugin = installed.find(({ name }) => name === nameIn(spec));
    if (!plugin) continue;
    const examination = await examinePlugin(spec === plugin.name ? `${spec}@latest` : spec, request);
    if (isSettled(plugin, examination, project)) upToDate.push(plugin.name);
    else due.push({ examination, from: plugin.version });
  }
  return { due, upToDate };
}

/** `@acme/pager@1.2.0` names `@acme/pager`. */
function nameIn(spec: string): string {
  return spec.replace(/(?<=.)@.*$/, '');
}

function isFromRegistry({ name }: InstalledPlugin, { lock }: PluginProject): boolean {
  const entry = lock[name];
  return entry === undefined || ('version' in entry && entry.source === undefined);
}

function unknown(name: string, installed: readonly InstalledPlugin[]): Problem[] {
  const known = installed.map((plugin) => plugin.name);
  return known.includes(name) ? [] : [pluginNotInstalled(name, suggest(name, known))];
}

function isSettled(plugin: InstalledPlugin, { candidate }: Examination, project: PluginProject): boolean {
  const entry = project.lock[plugin.name];
  const now = lockEntryOf(project, plugin);
  return (
    plugin.version === candidate.version &&
    entry !== undefined &&
    'version' in entry &&
    entry.version === now.version &&
    entry.integrity === now.integrity &&
    entry.api === now.api
  );
}
