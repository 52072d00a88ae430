/** Shows what is known of a plugin before it is let in, and asks. */
import { protocolText } from '@cdkpipe/core';
import { lt, valid } from 'semver';
import { addedBy, type Contributions, contributionsOf } from '../plugins/contributions.ts';
import type { Examination } from '../plugins/examine-plugin.ts';
import type { Provenance } from '../registry/candidate.ts';
import { commandsIn } from '../registry/package-facts.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';

/** @param current version that is installed now, where one is */
export function pluginSheet(examination: Examination, current: string | undefined, paint: Paint): Printable {
  const { candidate, manifest, hasCommands, warnings } = examination;
  const { name, version, source, publisher, publishedAt, integrity, provenance, commands } = candidate;
  const added = addedBy(examination);
  const marked = (key: keyof Contributions) =>
    contributionsOf(examination)[key].map((one) =>
      added?.[key].includes(one) ? `${one} ${paint('yellow', '(new)')}` : one,
    );
  const rows: [string, string][] = [
    ['api', protocolText(manifest.api)],
    ['kinds', listed(marked('kinds'))],
    ...optional('renderers', marked('renderers')),
    ...optional('backends', marked('backends')),
    ...optional('rules', marked('rules')),
    ['hooks', listed(marked('hooks'))],
    ...(hasCommands && commands.length === 0 ? optional('commands', ['named in its code']) : []),
    ...optional('commands', marked('commands')),
    ['publisher', publishedBy(publisher, publishedAt)],
    ...(source === undefined ? [] : ([['source', source]] as [string, string][])),
    ['integrity', integrity],
    ...treeRows(examination),
    ['provenance', provenanceText(provenance, paint)],
    ...warnings.map(({ message }): [string, string] => ['warning', paint('yellow', message)]),
  ];
  return joinLines([
    '',
    `${paint('bold', name)} ${paint('cyan', changeOf(version, current))}`,
    ...rows.map(([label, text]) => `  ${paint('dim', label.padEnd(10))} ${text}`),
    '',
    '  A plugin is code that runs with your rights, here and in the build.',
    '',
    '',
  ]);
}

function changeOf(version: string, current: string | undefined): string {
  if (current === undefined) return version;
  if (current === version) return `${version}, installed`;
  const isBack = valid(version) !== null && valid(current) !== null && lt(version, current);
  return `${current} → ${version}${isBack ? ', an earlier version' : ''}`;
}

/** How many packages are named before the rest is counted. */
const shownPackages = 20;

/** Scripts, commands and sources that are shown here were accepted; others have been refused before. */
function treeRows({ candidate, tree: { packages, foreign } }: Examination): [string, string][] {
  const bytes = packages.reduce((sum, { size }) => sum + size, candidate.size);
  const commands = [...commandsIn(candidate.content), ...packages.flatMap((each) => each.commands)];
  const scripts = packages.filter((each) => each.scripts.length > 0);
  const names = packages.map(({ name, version }) => `${name}@${version}`);
  const rest = names.length > shownPackages ? ` and ${names.length - shownPackages} more` : '';
  return [
    ['packages', `${packages.length + 1}, ${(bytes / 1024 / 1024).toFixed(1)} MB unpacked`],
    ...(names.length > 0 ? [['needs', names.slice(0, shownPackages).join(', ') + rest] as [string, string]] : []),
    ['bin', listed(commands)],
    ['scripts', scripts.length === 0 ? 'none' : `of what the project has: ${listed(scripts.map(({ name }) => name))}`],
    ...foreign.map(({ name, range }): [string, string] => ['source', `${name} from ${range}`]),
  ];
}

export function provenanceText({ state, detail }: Provenance, paint: Paint): string {
  switch (state) {
    case 'verified':
      return `${paint('green', 'verified')}: ${detail}`;
    case 'unverified':
      return `${paint('yellow', 'could not verify')}: ${detail}`;
    case 'failed':
      return `${paint('red', 'failed')}: ${detail}`;
  }
}

function publishedBy(publisher: string | undefined, publishedAt: string | undefined): string {
  const day = publishedAt === undefined ? '' : `, ${publishedAt.slice(0, 10)}`;
  return `${publisher ?? 'the registry does not say'}${day}`;
}

function optional(label: string, values: readonly string[]): [string, string][] {
  return values.length > 0 ? [[label, listed(values)]] : [];
}

function listed(values: readonly string[]): string {
  return values.length > 0 ? values.join(', ') : 'none';
}
