/** The actions of a run in the order in which they began, each as a bar on one axis. */
import type { Diagram } from '../diagram/diagram.ts';
import { stateWords } from '../diagram/states.ts';
import { type Html, html } from '../markup/html.ts';
import { duration } from '../views/run-duration.ts';
import type { RunDocument } from '../views/run-report.ts';
import { anchorOf } from './anchors.ts';
import { instant } from './instants.ts';
import type { Logs } from './logs.ts';
import { stateOf } from './state-of.ts';

type Action = RunDocument['actions'][number];

export function timelineOf({ actions, started, ended, records }: RunDocument, logs: Logs, { nodes }: Diagram): Html {
  const from = Date.parse(started);
  const to = Math.max(from + 1, Date.parse(ended ?? records.at(-1)?.at ?? started));
  const gates = new Set(nodes.filter(({ shape }) => shape === 'gate').map(({ id }) => id));
  return html`<table>
<thead><tr><th scope="col">Began</th><th scope="col">Action</th><th scope="col">${axis(from, to)}</th><th scope="col">Took</th><th scope="col">Ended as</th><th scope="col">Reason</th></tr></thead>
<tbody>
${actions.map((action) => row(action, { from, to }, gates.has(action.id), logs))}</tbody></table>
`;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function row(action: Action, span: Span, isGate: boolean, logs: Logs): Html {
  const { id, since, ended, attempt, reason, summary } = action;
  const state = stateOf(action);
  const anchor = anchorOf(id);
  const log = logs.get(id);
  const links = [
    html` <a class="jump" href="#node-${anchor}" aria-label="${`${id} in the graph`}">graph</a>`,
    ...(log === undefined ? [] : [html` <a class="jump" href="#${log.anchor}" aria-label="${`Log of ${id}`}">log</a>`]),
  ];
  return html`<tr id="action-${anchor}" class="${state}"><td class="nowrap" data-label="Began">${instant(since)}</td><th scope="row">${isGate ? '◆ ' : ''}${id}${links}</th><td class="bars">${bar(action, span)}</td>
<td class="nowrap" data-label="Took">${ended === undefined ? '' : duration(since, ended)}</td><td class="nowrap how" data-label="Ended as">${stateWords[state]}${attempt > 1 ? `, attempt ${attempt}` : ''}</td>
<td data-label="Reason">${reason ?? summary}</td></tr>
`;
}

function bar({ since, ended }: Action, { from, to }: Span): Html {
  const share = (at: string) => Math.min(100, Math.max(0, ((Date.parse(at) - from) / (to - from)) * 100));
  const [left, right] = [share(since), ended === undefined ? 100 : share(ended)];
  return html`<svg class="bar" width="200" height="12" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><path class="grid" d="M0 0v12M25 0v12M50 0v12M75 0v12M100 0v12"/><rect x="${left.toFixed(2)}" y="1" width="${Math.max(0.6, right - left).toFixed(2)}" height="10"/></svg>`;
}

/** Beginning, middle and end, in the units of durations. */
function axis(from: number, to: number): Html {
  const at = (share: number) =>
    duration(new Date(from).toISOString(), new Date(from + (to - from) * share).toISOString());
  return html`<svg class="axis" width="200" height="14" viewBox="0 0 200 14" role="img" aria-label="${`From 0 to ${at(1)}`}"><text x="0" y="11">0</text><text x="100" y="11" text-anchor="middle">${at(0.5)}</text><text x="200" y="11" text-anchor="end">${at(1)}</text></svg>`;
}
