/** Shows what is known of a plugin before it is let in, and asks. */
import type { Examination } from '../plugins/examine-plugin.ts';
import type { Provenance } from '../registry/candidate.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';

/** @param current version that is installed now, where one is */
export function pluginSheet(examination: Examination, current: string | undefined, paint: Paint): Printable {
  const { candidate, manifest, hasCommands, warnings } = examination;
  const { name, version, source, publisher, publishedAt, integrity, provenance } = candidate;
  const change =
    current === undefined ? version : current === version ? `${version}, installed` : `${current} → ${version}`;
  const rows: [string, string][] = [
    ['api', String(manifest.api)],
    ['kinds', listed(manifest.kinds)],
    ...optional('renderers', manifest.renderers),
    ...optional('backends', manifest.backends),
    ['hooks', listed(manifest.hooks)],
    ...(hasCommands ? ([['commands', 'adds commands to cdkpipe']] as [string, string][]) : []),
    ['publisher', publishedBy(publisher, publishedAt)],
    ...(source === undefined ? [] : ([['source', source]] as [string, string][])),
    ['integrity', integrity],
    ['provenance', provenanceText(provenance, paint)],
    ...warnings.map(({ message }): [string, string] => ['warning', paint('yellow', message)]),
  ];
  return joinLines([
    '',
    `${paint('bold', name)} ${paint('cyan', change)}`,
    ...rows.map(([label, text]) => `  ${paint('dim', label.padEnd(10))} ${text}`),
    '',
    '  A plugin is code that runs with your rights, here and in the build.',
    '',
    '',
  ]);
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
