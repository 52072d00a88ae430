/** One run as one HTML page: its graph, its timeline, who decided what, and what was printed. It loads nothing. */
import { type JournalRecord, type NodeState, rollbackId } from '@cdkpipe/backend-local/engine';
import type { RunView } from '../runs/run-status.ts';
import { graphPicture } from './graph-picture.ts';
import { Html, html } from './html.ts';
import { duration } from './run-duration.ts';
import { type RunDocument, runDocument } from './run-report.ts';

/** @param logOf what an action has printed; undefined where it has printed nothing */
export function runPage(
  view: RunView,
  records: readonly JournalRecord[],
  logOf: (action: string) => string | undefined,
): string {
  const run = runDocument(view, records);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${run.pipeline} ${run.id}</title>
<style>${style}</style>
</head>
<body>
<h1>${run.pipeline} <small>${run.id}</small></h1>
${factsOf(run, view)}
<h2>Graph</h2>
${graphOf(run, records)}
<h2>Timeline</h2>
${timelineOf(run)}
${rollbacksOf(run)}
<h2>Decisions</h2>
${decisionsOf(run)}
<h2>Logs</h2>
${loggedIn(run).map((id) => logSection(id, logOf(id)))}
</body>
</html>
`.text;
}

type Action = RunDocument['actions'][number];

function factsOf(run: RunDocument, { state: { started } }: RunView): Html {
  const facts: [string, string | undefined][] = [
    ['status', run.status],
    ['reason', run.reason],
    ['mode', run.mode],
    ['started', `${run.started} by ${started?.by.user} (account ${started?.by.account})`],
    ['ended', run.ended],
    ['source', `${run.commit ?? 'without a commit'}${started?.source.dirty ? ', with changes' : ''}`],
    ['digest of the plan', run.digest],
  ];
  const rows = facts.map(([name, value]) =>
    value === undefined ? undefined : html`<tr><th>${name}</th><td>${value}</td></tr>\n`,
  );
  return html`<table>\n${rows}</table>`;
}

/** What stands outside of the plan comes first, as sources and build do. */
function graphOf({ actions }: RunDocument, records: readonly JournalRecord[]): Html {
  const planned = records.flatMap(({ event }) => (event.type === 'planned' ? event.nodes : []));
  const known = new Set(planned.map(({ id }) => id));
  const before = actions
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => ({ id, group: 'Before the plan', after: [] }));
  const states = new Map(actions.map((action) => [action.id, action]));
  const nodes = [...before, ...planned.map(({ id, group, after = [] }) => ({ id, group, after }))];
  return graphPicture(nodes, (id) => howOf(states.get(id)));
}

function howOf(node: NodeState | undefined): string {
  if (node === undefined) return 'pending';
  return node.outcome ?? (node.phase === 'asking' ? 'waits' : 'unfinished');
}

function timelineOf({ actions, started, ended, records }: RunDocument): Html {
  const from = Date.parse(started);
  const to = Math.max(from + 1, Date.parse(ended ?? records.at(-1)?.at ?? started));
  const share = (at: string) => Math.min(100, Math.max(0, ((Date.parse(at) - from) / (to - from)) * 100));
  const bar = ({ since, ended: end }: Action) => {
    const [left, right] = [share(since), end === undefined ? 100 : share(end)];
    return html`<svg width="200" height="10" viewBox="0 0 100 10" preserveAspectRatio="none"><rect x="${left.toFixed(2)}" width="${Math.max(0.5, right - left).toFixed(2)}" height="10"/></svg>`;
  };
  const row = (
    action: Action,
  ) => html`<tr class="${howOf(action)}"><td>${action.since}</td><td>${action.id}</td><td>${bar(action)}</td>
<td>${action.ended === undefined ? '' : duration(action.since, action.ended)}</td><td>${howOf(action)}${action.attempt > 1 ? `, attempt ${action.attempt}` : ''}</td>
<td>${action.reason ?? action.summary}</td></tr>\n`;
  return html`<table>
<tr><th>began</th><th>action</th><th></th><th>took</th><th>ended as</th><th></th></tr>
${actions.map(row)}</table>`;
}

function rollbacksOf({ rollbacks }: RunDocument): Html | undefined {
  if (rollbacks.length === 0) return undefined;
  return html`<h2>Rollbacks</h2>\n${rollbacks.map(
    ({ deployments, stacks, begun, trigger, by, at, reason, ended }) => html`<h3>${deployments.join(', ')}</h3>
<p>${trigger === 'auto' ? "by rollback: 'auto'" : `by ${by.user} (account ${by.account})`} at ${at}: ${ended?.outcome ?? 'unfinished'}</p>
<p>${reason}</p>
<table>
${stacks.map((stack) => {
  const way = begun.find((each) => each.stack === stack);
  return html`<tr class="${way?.outcome ?? 'pending'}"><td>${stack}</td><td>${way?.outcome ?? 'pending'}</td><td>${way?.ended}</td><td>${way?.detail}</td></tr>\n`;
})}</table>\n`,
  )}`;
}

/** Actions, then stacks on their way back. */
function loggedIn({ actions, rollbacks }: RunDocument): string[] {
  const back = rollbacks.flatMap(({ stacks }) => stacks.map(rollbackId));
  return [...actions.map(({ id }) => id), ...new Set(back)];
}

function decisionsOf({ actions }: RunDocument): Html {
  const asked = actions.filter(({ question }) => question !== undefined);
  if (asked.length === 0) return html`<p>Nobody was asked.</p>`;
  return html`${asked.map(({ id, question, answers }) => {
    const shown = [question?.comment, question?.link, ...(question?.details ?? [])];
    return html`<h3>${id}</h3>
<ul>\n${shown.map((line) => (line === undefined ? undefined : html`<li>${line}</li>\n`))}</ul>
<p>SHA-256 of what was decided about: <code>${question?.digest}</code></p>
<table>
${answers.map(
  ({ at, by, decision, comment, via, digest }) =>
    html`<tr><td>${at}</td><td>${decision === 'approve' ? 'approved' : 'rejected'} by ${by.user} (account ${by.account}, ${via})</td><td>${comment}</td><td><code>${digest}</code></td></tr>\n`,
)}</table>\n`;
  })}`;
}

function logSection(id: string, log: string | undefined): Html | undefined {
  return log === undefined ? undefined : html`<details><summary>${id}</summary><pre>${log}</pre></details>\n`;
}

const style = new Html(`
body { font: 14px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 72em; padding: 0 1em; }
table { border-collapse: collapse; } th, td { text-align: left; vertical-align: top; padding: .15em 1em .15em 0; }
pre { background: #f4f4f4; padding: 1em; overflow: auto; } small { color: #666; font-weight: normal; } td rect { fill: #888; }
tr.succeeded rect { fill: #2a7d2a; } tr.failed rect, tr.rejected rect { fill: #b02020; }
.graph { overflow: auto; margin: 0 calc(50% - 50vw + 1em); } .graph text { font-size: 12px; } .graph .group { font-weight: bold; font-size: 13px; }
.graph .lane { fill: #444; } .graph .how { fill: #666; font-size: 10px; }
.graph .band { fill: #f8f8f8; stroke: #ddd; } .graph .edge { fill: none; stroke: #888; marker-end: url(#arrow); }
.graph marker path { fill: #888; } .graph .node rect { fill: #fff; stroke: #999; } .graph .pending rect { stroke-dasharray: 4 3; }
.graph .succeeded rect { stroke: #2a7d2a; fill: #f0f8f0; } .graph .failed rect, .graph .rejected rect { stroke: #b02020; fill: #fbeeee; }
.graph .waits rect, .graph .unfinished rect { stroke: #a06a00; fill: #fdf6e6; }
`);
