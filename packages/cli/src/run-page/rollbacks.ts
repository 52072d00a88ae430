/** What a run has taken back, and what it has not. */
import { type Html, html } from '../markup/html.ts';
import type { RunDocument } from '../views/run-report.ts';
import { instant } from './instants.ts';

export function rollbacksOf({ rollbacks }: RunDocument): Html | undefined {
  if (rollbacks.length === 0) return undefined;
  return html`${rollbacks.map(
    ({ deployments, stacks, begun, trigger, by, at, reason, ended }) => html`<h3>${deployments.join(', ')}</h3>
<p>${trigger === 'auto' ? "by rollback: 'auto'" : `by ${by.user} (account ${by.account})`} at ${instant(at)}: ${ended?.outcome ?? 'unfinished'}</p>
${reason === undefined ? '' : html`<p>${reason}</p>\n`}<table>
<thead><tr><th scope="col">Stack</th><th scope="col">Outcome</th><th scope="col">Ended</th><th scope="col">What was done</th></tr></thead>
<tbody>
${stacks.map((stack) => {
  const way = begun.find((each) => each.stack === stack);
  return html`<tr class="${way?.outcome ?? 'pending'}"><th scope="row">${stack}</th><td data-label="Outcome">${way?.outcome ?? 'pending'}</td><td data-label="Ended">${way?.ended === undefined ? '' : instant(way.ended)}</td><td data-label="What was done">${way?.detail}</td></tr>\n`;
})}</tbody></table>\n`,
  )}`;
}
