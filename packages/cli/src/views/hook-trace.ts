/** Shows who tapped what, in which order, what each changed, and how long it took. */
import type { Change, TapTrace } from '@cdkpipe/core/host';
import { counted } from '../outline/counted.ts';
import { joinLines, type Printable } from '../terminal/printable.ts';
import type { Paint } from './paint.ts';

/** All calls of one tap, as `--json` prints them. */
export interface TracedTap {
  readonly hook: string;
  readonly plugin: string;
  readonly version?: string;
  readonly calls: number;
  readonly milliseconds: number;
  readonly changes: readonly TracedChange[];
  readonly failed: boolean;
}

export interface TracedChange extends Change {
  /** The node of the plan whose action was changed. */
  readonly node?: string;
}

/** In the order in which the taps were first called. */
export function tracedTaps(calls: readonly TapTrace[]): TracedTap[] {
  const taps = new Map<string, TracedTap>();
  for (const { hook, plugin, version, node, milliseconds, changes, failed } of calls) {
    const key = `${hook} ${plugin}`;
    const before = taps.get(key);
    taps.set(key, {
      hook,
      plugin,
      ...(version === undefined ? {} : { version }),
      calls: (before?.calls ?? 0) + 1,
      milliseconds: (before?.milliseconds ?? 0) + milliseconds,
      changes: [...(before?.changes ?? []), ...changes.map((change) => ({ ...change, ...(node && { node }) }))],
      failed: (before?.failed ?? false) || failed,
    });
  }
  return [...taps.values()];
}

/** Changes that are told in full; `--json` has the others. */
const shownChanges = 8;
const widestValue = 60;

export function hookTraceView(taps: readonly TracedTap[], paint: Paint): Printable {
  if (taps.length === 0) return joinLines([`${paint('bold', 'hooks')}: no plugin taps any`, '']);
  const width = Math.max(...taps.map(({ hook }) => hook.length));
  const lines = taps.flatMap((tap, index) => [
    `  ${index + 1}. ${paint('bold', tap.hook.padEnd(width))}  ${tapTitle(tap, paint)}`,
    ...tap.changes.slice(0, shownChanges).map((change) => `     ${changeLine(change, paint)}`),
    ...(tap.changes.length > shownChanges
      ? [`     ${paint('dim', `and ${tap.changes.length - shownChanges} more; --json lists them`)}`]
      : []),
  ]);
  return joinLines([paint('bold', 'hooks, in the order in which their taps ran'), ...lines, '']);
}

function tapTitle({ plugin, version, calls, milliseconds, changes, failed }: TracedTap, paint: Paint): string {
  const name = version === undefined ? plugin : `${plugin} ${version}`;
  const times = calls === 1 ? '' : `${counted(calls, 'call')}, `;
  const outcome = failed ? paint('red', 'failed') : changes.length === 0 ? 'changed nothing' : '';
  return [name, paint('dim', `${times}${milliseconds.toFixed(1)} ms`), outcome].filter((part) => part).join('  ');
}

function changeLine({ type, node, place, before, after }: TracedChange, paint: Paint): string {
  const where = [...(node === undefined ? [] : [node]), ...place].join(' › ') || 'the whole value';
  switch (type) {
    case 'added':
      return paint('green', `+ ${where}: ${shorten(after)}`);
    case 'removed':
      return paint('red', `- ${where}: ${shorten(before)}`);
    case 'changed':
      return paint('yellow', `~ ${where}: ${shorten(before)} → ${shorten(after)}`);
  }
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= widestValue ? text : `${text.slice(0, widestValue - 1)}…`;
}
