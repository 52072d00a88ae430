/** Shows what commands about plugins have done, to people and to scripts. */
import type { PluginManifest } from '@cdkpipe/core';
import { addedBy, type Contributions } from '../plugins/contributions.ts';
import type { Examination } from '../plugins/examine-plugin.ts';
import type { ListedPlugin, LockState } from '../plugins/list-plugins.ts';
import type { Candidate } from '../registry/candidate.ts';
import type { TreePackage } from '../registry/read-tree.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';
import type { ProblemDocument } from './problem-document.ts';

/** One plugin that came in, as `plugins:install --json` and `plugins:update --json` tell it. */
export interface PluginDocument
  extends PluginManifest,
    Pick<Candidate, 'name' | 'version' | 'integrity' | 'source' | 'publisher' | 'publishedAt' | 'provenance'> {
  /** Everything else that comes in with it. */
  readonly packages: readonly Pick<TreePackage, 'name' | 'version' | 'scripts' | 'commands' | 'size'>[];
  /** The version before; absent where it is new. */
  readonly from?: string;
  /** IDs of the commands that it adds to `cdkpipe`. */
  readonly commands: readonly string[];
  /** What the version that is installed does not have; absent where none is. */
  readonly added?: Contributions;
}

/** What `plugins:install --json` and `plugins:update --json` print. */
export interface PluginChangeDocument {
  readonly plugins: readonly PluginDocument[];
  /** Names of plugins that `plugins:update` had nothing to do for. */
  readonly upToDate?: readonly string[];
  /** Plugins that were there before, and whose entry the lock lacked. */
  readonly alsoLocked: readonly string[];
  /** Lines to write into the definition, where it could not be edited. */
  readonly byHand: readonly string[];
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
}

/** What `plugins --json` prints. */
export interface PluginListDocument {
  readonly plugins: readonly ListedPlugin[];
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
}

/** What `plugins:uninstall --json` prints. */
export interface PluginRemovalDocument {
  readonly removed: readonly string[];
  readonly byHand: readonly string[];
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
}

export function pluginDocument(examination: Examination, from: string | undefined): PluginDocument {
  const { candidate, manifest, tree } = examination;
  const added = addedBy(examination);
  const { name, version, integrity, source, publisher, publishedAt, provenance } = candidate;
  return {
    name,
    version,
    ...(from !== undefined && { from }),
    ...manifest,
    commands: candidate.commands,
    ...(added && { added }),
    packages: tree.packages.map(({ name, version, scripts, commands, size }) => ({
      name,
      version,
      scripts,
      commands,
      size,
    })),
    integrity,
    ...(source !== undefined && { source }),
    ...(publisher !== undefined && { publisher }),
    ...(publishedAt !== undefined && { publishedAt }),
    provenance,
  };
}

export interface ChangeSummary {
  readonly done: readonly string[];
  readonly alsoLocked: readonly string[];
  readonly byHand: readonly string[];
}

export function changeSummary({ done, alsoLocked, byHand }: ChangeSummary, paint: Paint): Printable {
  return joinLines([
    '',
    ...done.map((line) => `${paint('green', '✔')} ${line}`),
    ...(alsoLocked.length > 0 ? [`  also locked, as found: ${alsoLocked.join(', ')}`] : []),
    ...byHandLines(byHand, paint),
    '',
    '',
  ]);
}

function byHandLines(lines: readonly string[], paint: Paint): string[] {
  if (lines.length === 0) return [];
  return ['', 'Change the definition yourself:', '', ...lines.map((line) => `  ${paint('cyan', line)}`)];
}

export function pluginList(plugins: readonly ListedPlugin[], paint: Paint): Printable {
  if (plugins.length === 0)
    return joinLines(['', 'The project has no plugins; cdkpipe plugins:install NAME adds one.', '', '']);
  const name = Math.max(...plugins.map((plugin) => plugin.name.length));
  const version = Math.max(...plugins.map((plugin) => (plugin.version ?? '').length), 1);
  const lines = plugins.map((plugin) => {
    const title = `${paint('bold', plugin.name.padEnd(name))}  ${(plugin.version ?? '-').padEnd(version)}`;
    return `${title}  ${stateText(plugin, paint)}${contributions(plugin, paint)}`.trimEnd();
  });
  return joinLines(['', ...lines, '', '']);
}

const states: Readonly<Record<LockState, string>> = {
  locked: 'locked',
  drifted: 'drifted',
  unlocked: 'not locked',
  missing: 'not installed',
  local: 'local',
  linked: 'linked',
};

function stateText({ state }: ListedPlugin, paint: Paint): string {
  const text = states[state].padEnd('not installed'.length);
  return ['locked', 'local', 'linked'].includes(state) ? paint('green', text) : paint('yellow', text);
}

function contributions({ kinds, renderers, backends, rules, hooks, commands }: ListedPlugin, paint: Paint): string {
  const parts = Object.entries({ kinds, renderers, backends, rules, hooks, commands }).flatMap(([label, values]) =>
    values.length > 0 ? [`${label}: ${values.join(', ')}`] : [],
  );
  return parts.length > 0 ? `  ${paint('dim', parts.join('; '))}` : '';
}
