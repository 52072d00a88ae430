/** Shows what the plugins of a project bring, and what their taps did. */
import { type OptionSchema, protocolText } from '@cdkpipe/core';
import type { InspectedPlugin, InspectedTap, InspectReport, TapTrace } from '@cdkpipe/core/host';
import { joinLines, type Printable, splitLines } from '../terminal/printable.ts';
import { hookTraceView, type TracedTap, tracedTaps } from './hook-trace.ts';
import type { Paint } from './paint.ts';

/** What `cdkpipe plugins:inspect --json` prints. */
export interface InspectDocument {
  /** The definition's file. */
  readonly file: string;
  readonly plugins: readonly InspectedPlugin[];
  /** What each tap did; with `--trace-hooks` only. */
  readonly hooks?: readonly TracedTap[];
  readonly errors: readonly never[];
  readonly warnings: readonly never[];
}

export function inspectDocument(
  { file, plugins }: InspectReport,
  calls: readonly TapTrace[] | undefined,
): InspectDocument {
  return { file, plugins, ...(calls && { hooks: tracedTaps(calls) }), errors: [], warnings: [] };
}

export function inspectView(
  { plugins }: InspectReport,
  calls: readonly TapTrace[] | undefined,
  paint: Paint,
): Printable {
  const lines = plugins.flatMap((plugin) => ['', ...pluginLines(plugin, paint)]);
  return joinLines([...lines, '', ...(calls ? splitLines(hookTraceView(tracedTaps(calls), paint)) : []), '']);
}

function pluginLines(plugin: InspectedPlugin, paint: Paint): string[] {
  const { name, version, api, builtIn, options, givenOptions, kinds, renderers, backends, rules, taps } = plugin;
  const title = [
    paint('bold', name),
    version,
    paint('dim', `api ${protocolText(api)}${builtIn ? ', comes with cdkpipe' : ''}`),
  ];
  const rows: [string, readonly string[]][] = [
    ['options', optionLines(options, givenOptions, paint)],
    ['kinds', kinds.map(({ name: kind, summary }) => `${paint('cyan', kind)}  ${summary}`)],
    ['renderers', renderers.map(({ backend, kind }) => `${kind} on ${backend}`)],
    ['backends', backends.map(({ name: backend, summary }) => `${paint('cyan', backend)}  ${summary}`)],
    ['rules', rules.map(({ name: rule, level, summary }) => `${paint('cyan', rule)}  ${level}  ${summary}`)],
    ['taps', taps.map(tapLine)],
  ];
  return [
    title.filter((part) => part !== undefined).join(' '),
    ...rows.flatMap(([label, entries]) =>
      entries.map((entry, index) => `  ${paint('dim', (index === 0 ? label : '').padEnd(9))}  ${entry}`),
    ),
  ];
}

function tapLine({ hook, place, of, order, after }: InspectedTap): string {
  const wishes = [...(order ? [order] : []), ...(after.length > 0 ? [`after ${after.join(', ')}`] : [])];
  return `${hook}, ${place} of ${of}${wishes.length > 0 ? ` (${wishes.join('; ')})` : ''}`;
}

/** Each option with what the definition gives for it. */
function optionLines(schema: OptionSchema | undefined, given: unknown, paint: Paint): string[] {
  const values = (given ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(schema?.properties ?? {}).map(([option, { description = '' }]) => {
    const value = values[option];
    const shown = value === undefined ? paint('dim', 'not given') : JSON.stringify(value);
    return `${paint('cyan', option)}  ${shown}  ${description}`;
  });
}
