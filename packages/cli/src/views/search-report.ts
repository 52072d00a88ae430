/** Shows the plugins that a search has found. */
import { pluginApi } from '@cdkpipe/core';
import type { FoundPlugin, FoundPlugins } from '../registry/search-plugins.ts';
import { makeVisible } from '../terminal/make-visible.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';
import type { ProblemDocument } from './problem-document.ts';
import { wrapWords } from './wrap-words.ts';

/** What `cdkpipe plugins:search --json` prints. */
export interface PluginSearchDocument {
  /** Host of the registry that was searched. */
  readonly registry: string;
  readonly plugins: readonly FoundPlugin[];
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
}

/** @param width of the terminal, in cells */
export function searchView({ registry, plugins }: FoundPlugins, width: number, paint: Paint): Printable {
  if (plugins.length === 0)
    return joinLines([
      '',
      ...wrapWords(`${registry} has no plugin for that; use fewer or other words.`, width),
      '',
      '',
    ]);
  return joinLines([
    '',
    ...plugins.flatMap((plugin) => [...pluginLines(plugin, width, paint), '']),
    ...wrapWords(`From ${registry}. cdkpipe plugins:install NAME shows more before it installs one.`, width),
    '',
    '',
  ]);
}

function pluginLines({ name, version, manifest, ...plugin }: FoundPlugin, width: number, paint: Paint): string[] {
  const facts = [
    `api ${manifest.api}${manifest.api === pluginApi ? '' : ` (this cdkpipe speaks ${pluginApi})`}`,
    ...(plugin.releasedAt === undefined ? [] : [`released ${plugin.releasedAt.slice(0, 10)}`]),
    ...(plugin.weeklyDownloads === undefined
      ? []
      : [`${plugin.weeklyDownloads.toLocaleString('en')} downloads a week`]),
    ...(plugin.publisher === undefined ? [] : [`by ${plugin.publisher}`]),
  ];
  const { kinds, renderers, backends, rules = [], hooks } = manifest;
  const brings = Object.entries({ kinds, renderers, backends, rules, hooks }).flatMap(([label, values]) =>
    values.length > 0 ? [`${label}: ${values.join(', ')}`] : [],
  );
  const indented = (text: string) => wrapWords(oneLine(text), width - 2).map((line) => `  ${line}`);
  return [
    `${paint('bold', name)} ${paint('cyan', version)}`,
    ...(plugin.description === undefined ? [] : indented(plugin.description)),
    ...brings.flatMap(indented),
    ...indented(facts.join(', ')).map((line) => paint('dim', line)),
    ...(plugin.deprecated === undefined
      ? []
      : indented(`deprecated: ${plugin.deprecated}`).map((line) => paint('yellow', line))),
  ];
}

/** Text of others decides neither where a line ends nor how many there are. */
function oneLine(text: string): string {
  // Made visible before it is measured: what a terminal obeys becomes several cells.
  const line = makeVisible(text.replace(/\s+/g, ' ').trim());
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
