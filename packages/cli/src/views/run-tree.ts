/** A run as a tree: stages, deployments, actions, with how long each takes and what those that run print. */
import { letsOthersStart, type NodeState, stopsTheRun } from '@cdkpipe/backend-local/engine';
import type { PlanGroup, PlanNode } from '@cdkpipe/core';
import { counted } from '../outline/counted.ts';
import { withoutStyles } from '../terminal/make-visible.ts';
import { mapBetweenMarks, withoutMarks } from '../terminal/marks.ts';
import type { Paint } from './paint.ts';
import { rollbackLines } from './rollback-report.ts';
import { duration } from './run-duration.ts';
import { eventText, stoppingText } from './run-lines.ts';
import type { RunWatch } from './run-watch.ts';

export interface TreeSheet {
  /** Milliseconds of this machine's clock. */
  readonly now: number;
  readonly columns: number;
  /** How many lines fit; without it, all are shown. */
  readonly rows?: number;
  /** What marks an action that runs. */
  readonly spinner: string;
  readonly paint: Paint;
}

/** An action with what is known of it. */
interface Seen {
  readonly node: PlanNode;
  readonly state: NodeState | undefined;
}

export function runTree(watch: RunWatch, sheet: TreeSheet): string[] {
  const { plan } = watch;
  if (!plan) return [];
  const actions = plan.nodes.map((node) => ({ node, state: watch.state.nodes.get(node.id) }));
  const lines = plan.groups.flatMap((group) =>
    groupLines(
      group,
      actions.filter(({ node }) => node.group === group.name),
      watch,
      sheet,
    ),
  );
  const foot = footOf(watch, sheet.paint);
  return [...fit(lines, sheet, foot.length), ...foot].map((line) => cut(line, sheet.columns));
}

function footOf({ state, isStopping }: RunWatch, paint: Paint): string[] {
  const { ended, rollbacks } = state;
  const waysBack = rollbacks.flatMap((rollback) => rollbackLines(rollback, paint));
  if (ended) return [...waysBack, eventText({ type: 'runEnded', ...ended }, paint) ?? ended.outcome];
  return [...waysBack, ...(isStopping ? [paint('yellow', stoppingText)] : [])];
}

/** What is over is one line, unless it failed; what has not begun is one line too. */
function groupLines({ name }: PlanGroup, actions: readonly Seen[], watch: RunWatch, sheet: TreeSheet): string[] {
  const { paint } = sheet;
  const done = actions.filter(({ state }) => letsOthersStart(state)).length;
  const count = paint(
    'dim',
    done === actions.length ? counted(done, 'action') : `${done} of ${counted(actions.length, 'action')}`,
  );
  const title = `${markOf(actions, sheet)} ${paint('bold', name)}  ${count}`;
  if (!isOpen(actions)) return [title + paint('dim', spanOf(actions))];
  const alone = actions.filter(({ node }) => deploymentOf(node) === undefined);
  const deployments = [...new Set(actions.flatMap(({ node }) => deploymentOf(node) ?? []))];
  return [
    title,
    ...alone.flatMap((action) => actionLines(action, '', '  ', watch, sheet)),
    ...deployments.flatMap((deployment) => {
      const own = actions.filter(({ node }) => deploymentOf(node) === deployment);
      const head = `  ${markOf(own, sheet)} ${deployment}`;
      if (!isOpen(own)) return [head + paint('dim', spanOf(own))];
      return [head, ...own.flatMap((action) => actionLines(action, `${deployment}/`, '    ', watch, sheet))];
    }),
  ];
}

function actionLines(
  { node, state }: Seen,
  prefix: string,
  indent: string,
  watch: RunWatch,
  sheet: TreeSheet,
): string[] {
  const { paint, now } = sheet;
  const name = node.id.startsWith(prefix) ? node.id.slice(prefix.length) : node.id;
  const title = `${indent}${markOf([{ node, state }], sheet)} `;
  if (!state) return [title + paint('dim', name)];
  if (state.phase !== 'ended') {
    const log = watch.logs.get(node.id);
    const what = state.phase === 'asking' ? paint('yellow', '  waits for a decision') : '';
    const elapsed = elapsedSince(watch.seen.get(node.id) ?? now, now);
    const shown = log === undefined ? [] : [paint('dim', `${indent}  │ ${withoutStyles(log)}`)];
    return [`${title}${name}  ${paint('dim', elapsed)}${what}`, ...shown];
  }
  const taken = state.ended === undefined ? '' : `  ${duration(state.since, state.ended)}`;
  const detail = state.reason ?? state.summary;
  const text = detail === undefined ? '' : `  ${detail.replaceAll(/\s+/g, ' ')}`;
  return [stopsTheRun(state) ? `${title}${name}${taken}${text}` : `${title}${name}${paint('dim', taken + text)}`];
}

function markOf(actions: readonly Seen[], { paint, spinner }: TreeSheet): string {
  if (actions.some(({ state }) => state && stopsTheRun(state))) return paint('red', '✖');
  if (actions.some(({ state }) => state?.phase === 'running')) return paint('cyan', spinner);
  if (actions.some(({ state }) => state?.phase === 'asking')) return paint('yellow', '◆');
  if (actions.every(({ state }) => state?.outcome === 'skipped')) return paint('dim', '-');
  if (actions.every(({ state }) => letsOthersStart(state))) return paint('green', '✔');
  return actions.some(({ state }) => state) ? paint('cyan', '▸') : paint('dim', '·');
}

function isOpen(actions: readonly Seen[]): boolean {
  return actions.some(({ state }) => state) && !actions.every(({ state }) => letsOthersStart(state));
}

/** From the first beginning to the last end; empty where nothing has begun. */
function spanOf(actions: readonly Seen[]): string {
  const from = actions.flatMap(({ state }) => state?.since ?? []).toSorted()[0];
  const to = actions
    .flatMap(({ state }) => state?.ended ?? [])
    .toSorted()
    .at(-1);
  return from === undefined || to === undefined ? '' : `  ${duration(from, to)}`;
}

function elapsedSince(from: number, to: number): string {
  return duration(new Date(from).toISOString(), new Date(Math.max(from, to)).toISOString());
}

function deploymentOf(node: PlanNode): string | undefined {
  return 'deployment' in node ? node.deployment : undefined;
}

/** A screen that is too low leaves out from the top what is over, and says so. */
function fit(lines: readonly string[], { rows, paint }: TreeSheet, reserved: number): string[] {
  const room = rows === undefined ? lines.length : Math.max(3, rows - reserved);
  if (lines.length <= room) return [...lines];
  const over = lines.length - room + 1;
  const last = lines.findLastIndex((line) => /^\s*(?:│|[^\s✔·-])/u.test(withoutMarks(line)));
  const from = Math.min(over, Math.max(0, last + 1 - (room - 2)));
  const shown = lines.slice(from, from + room - (from > 0 && from < over ? 2 : 1));
  const below = lines.length - from - shown.length;
  const note = (count: number) => paint('dim', `… ${count} more lines`);
  return [...(from > 0 ? [note(from)] : []), ...shown, ...(below > 0 ? [note(below)] : [])];
}

/** Cuts to the width of the screen; colours end with the line. */
function cut(line: string, columns: number): string {
  if (withoutMarks(line).length < columns) return line;
  let room = columns - 2;
  const shown = mapBetweenMarks(line, (piece) => {
    const letters = [...piece].slice(0, room);
    room -= letters.length;
    return letters.join('');
  });
  return `${shown}…`;
}
