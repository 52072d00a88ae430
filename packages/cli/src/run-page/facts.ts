/** What stands at the top of a report: how the run ended, what failed or waits, and what it was a run of. */
import { type Html, html } from '../markup/html.ts';
import type { RunView } from '../runs/run-status.ts';
import { duration } from '../views/run-duration.ts';
import type { RunDocument } from '../views/run-report.ts';
import { instant } from './instants.ts';
import type { Logs } from './logs.ts';
import { stateOf } from './state-of.ts';

/** How many of its last lines a failed action shows at the top. */
const lastLines = 10;

/** Nothing where nothing failed and nobody is waited for. */
export function urgentOf({ actions }: RunDocument, logs: Logs): Html | undefined {
  const urgent = actions.filter((action) => ['failed', 'rejected', 'waiting'].includes(stateOf(action)));
  if (urgent.length === 0) return undefined;
  return html`${urgent.map((action) => {
    const log = logs.get(action.id);
    const state = stateOf(action);
    const lines = log?.text.trimEnd().split('\n').slice(-lastLines).join('\n');
    return html`<section class="urgent ${state}" aria-label="${`${action.id}: ${state}`}"><h2>${state === 'waiting' ? '◇' : '✗'} ${action.id} ${state === 'waiting' ? 'waits for an answer' : state}</h2>
${action.reason === undefined ? '' : html`<p>${action.reason}</p>\n`}${log === undefined || state === 'waiting' ? '' : html`<pre tabindex="0" aria-label="${`Last lines of ${action.id}`}">${lines}</pre>\n<p><a href="#${log.anchor}">Whole log</a></p>\n`}</section>
`;
  })}`;
}

export function factsOf(run: RunDocument, { state: { started } }: RunView): Html {
  const end = run.ended ?? run.records.at(-1)?.at;
  const facts: [string, Html | string | undefined][] = [
    ['status', run.status],
    ['reason', run.reason],
    ['mode', run.mode],
    ['actions', countsOf(run)],
    ['started', html`${instant(run.started)} by ${started?.by.user} (account ${started?.by.account})`],
    ['ended', run.ended === undefined ? undefined : instant(run.ended)],
    ['total time', end === undefined ? undefined : duration(run.started, end)],
    ['source', `${run.commit ?? 'without a commit'}${started?.source.dirty ? ', with changes' : ''}`],
    ['digest of the plan', run.digest],
  ];
  const rows = facts.map(([name, value]) =>
    value === undefined ? undefined : html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`,
  );
  return html`<table class="facts"><tbody>\n${rows}</tbody></table>`;
}

/** `12: 10 succeeded, 1 failed, 1 skipped` */
function countsOf({ actions }: RunDocument): string {
  const states = actions.map((action) => stateOf(action));
  const counts = [...new Set(states)].map((state) => `${states.filter((each) => each === state).length} ${state}`);
  return `${actions.length}: ${counts.join(', ')}`;
}
