/** Who decided what about which digest. */
import { type Html, html } from '../markup/html.ts';
import type { RunDocument } from '../views/run-report.ts';
import { changesOf } from './changes.ts';
import { instant } from './instants.ts';

export function decisionsOf({ actions }: RunDocument): Html {
  const asked = actions.filter(({ question }) => question !== undefined);
  if (asked.length === 0) return html`<p>Nobody was asked.</p>\n`;
  return html`${asked.map(({ id, question, answers }) => {
    const shown = [question?.comment, question?.link, ...(question?.details ?? [])].filter(
      (line) => line !== undefined,
    );
    return html`<h3>◆ ${id}</h3>
${shown.length === 0 ? '' : html`<ul>\n${shown.map((line) => html`<li>${line}</li>\n`)}</ul>\n`}${changesOf(question?.changes ?? [])}<p>SHA-256 of what was decided about: <code>${question?.digest}</code></p>
${answers.length === 0 ? html`<p>No answer yet.</p>\n` : answersTable(answers)}`;
  })}`;
}

function answersTable(answers: RunDocument['actions'][number]['answers']): Html {
  return html`<table>
<thead><tr><th scope="col">At</th><th scope="col">Decision</th><th scope="col">Comment</th><th scope="col">Digest</th></tr></thead>
<tbody>
${answers.map(
  ({ at, by, decision, comment, via, digest }) =>
    html`<tr><td data-label="At">${instant(at)}</td><td data-label="Decision">${decision === 'approve' ? 'approved' : 'rejected'} by ${by.user} (account ${by.account}, ${via})</td><td data-label="Comment">${comment}</td><td data-label="Digest"><code>${digest}</code></td></tr>\n`,
)}</tbody></table>
`;
}
