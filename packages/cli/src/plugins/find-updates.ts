/** Finds what `plugins:update` has to do: which plugins have a later version, or are not as the lock says. */
import { type Problem, refused, refuseIfAny, suggest } from '@cdkpipe/core';
import { lt, valid } from 'semver';
import { findInstalledPlugins, type InstalledPlugin } from '../installed/installed-plugins.ts';
import { keptAhead, pluginIsLinked, pluginNotInstalled, updateGoesBack } from '../problems/plugin-problems.ts';
import { type NpmSettings, readNpmSettings } from '../registry/npm-settings.ts';
import { resolveVersion } from '../registry/resolve-version.ts';
import { type Examination, type ExaminationRequest, examinePlugin, registryOf } from './examine-plugin.ts';
import { lockEntryOf, type PluginProject } from './plugin-project.ts';

export interface Update {
  readonly examination: Examination;
  /** The version that is installed. */
  readonly from: string;
}

export interface Updates {
  readonly due: readonly Update[];
  /** Names of plugins that have no later version, and are as the lock says. */
  readonly upToDate: readonly string[];
  /** About plugins whose version here is later than the registry's latest. */
  readonly warnings: readonly Problem[];
}

/**
 * Goes back to an earlier version only where that is named.
 *
 * @param wanted names, with a version if the latest is not meant; all plugins of registries when empty
 * @throws CdkpipeError (`source: 'user'`) for names that the project does not have, and for what may not come in
 */
export async function findUpdates(wanted: readonly string[], request: ExaminationRequest): Promise<Updates> {
  const { project } = request;
  const installed = findInstalledPlugins(project.directory, project.package.directory);
  const specs =
    wanted.length > 0 ? wanted : installed.filter((one) => isFromRegistry(one, project)).map(({ name }) => name);
  refuseIfAny(specs.flatMap((spec) => [...unknown(nameIn(spec), installed), ...linkedIn(nameIn(spec), project)]));
  const settings = await readNpmSettings(project.package.directory, project.package.root, request.signal);
  const due: Update[] = [];
  const upToDate: string[] = [];
  const warnings: Problem[] = [];
  for (const spec of specs) {
    const plugin = installed.find(({ name }) => name === nameIn(spec));
    if (!plugin) continue;
    const aim = await aimOf(spec, plugin, settings);
    warnings.push(...aim.warnings);
    const examination = await examinePlugin(aim.spec, request);
    if (isSettled(plugin, examination, project)) upToDate.push(plugin.name);
    else due.push({ examination, from: plugin.version });
  }
  return { due, upToDate, warnings };
}

interface Aim {
  readonly spec: string;
  readonly warnings: readonly Problem[];
}

/** A tag can be set to an earlier version, which is then no update. */
async function aimOf(spec: string, plugin: InstalledPlugin, settings: NpmSettings): Promise<Aim> {
  const asked = spec.slice(plugin.name.length + 1);
  if (valid(asked) !== null) return { spec, warnings: [] };
  const tagged = asked === '' ? `${plugin.name}@latest` : spec;
  const found = await resolveVersion(tagged, settings, registryOf(settings));
  if (valid(plugin.version) === null || !lt(found, plugin.version)) return { spec: tagged, warnings: [] };
  if (asked !== '') throw refused([updateGoesBack(plugin, spec, found)]);
  return { spec: `${plugin.name}@${plugin.version}`, warnings: [keptAhead(plugin, found)] };
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

function linkedIn(name: string, { lock }: PluginProject): Problem[] {
  const entry = lock[name];
  return entry && 'linked' in entry ? [pluginIsLinked(name, entry.linked)] : [];
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
