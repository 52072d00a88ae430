/** What the change sets of a question would do, as tables. */
import type { ReviewedStack } from '@cdkpipe/backend-local/engine';
import { type Html, html } from '../markup/html.ts';
import { findingsBesideTable, gravestFirst, signs, totalsOf } from '../outline/reviewed-changes.ts';

const words = { add: 'add', modify: 'change', replace: 'replace', remove: 'remove' } as const;

export function changesOf(changes: readonly ReviewedStack[]): Html {
  const { stateful, permissions } = findingsBesideTable(changes);
  const notes = changes.flatMap(({ lateValues = [] }) => lateValues);
  return html`${findingsList('Data at risk', stateful)}${findingsList('Permissions broaden', permissions)}${changes.map(stackTable)}${statementsTable(changes)}${
    notes.length === 0 ? '' : html`<ul>\n${notes.map((note) => html`<li>${note}</li>\n`)}</ul>\n`
  }`;
}

function findingsList(title: string, findings: ReviewedStack['findings']): Html | string {
  if (findings.length === 0) return '';
  return html`<p><strong>${title}</strong></p>
<ul>\n${findings.map(({ stack, text }) => html`<li>${stack}: ${text}</li>\n`)}</ul>
`;
}

function stackTable({ stack, isNew, resources, others }: ReviewedStack): Html {
  const title = `${stack}${isNew ? ' (new stack)' : ''}: ${totalsOf(resources)}`;
  const rest = others.length === 0 ? '' : html`<p>Outside of the resources: ${others.join(', ')}</p>\n`;
  if (resources.length === 0) return html`<p>${title}</p>\n${rest}`;
  return html`<table>
<caption>${title}</caption>
<thead><tr><th scope="col">Change</th><th scope="col">Resource</th><th scope="col">Type</th><th scope="col">Properties</th></tr></thead>
<tbody>
${gravestFirst(resources).map(
  ({ action, logicalId, resourceType, properties }) =>
    html`<tr><td data-label="Change">${signs[action]} ${words[action]}</td><td data-label="Resource">${logicalId}</td><td data-label="Type">${resourceType}</td><td data-label="Properties">${properties.join(', ')}</td></tr>\n`,
)}</tbody></table>
${rest}`;
}

function statementsTable(changes: readonly ReviewedStack[]): Html | string {
  const rows = changes.flatMap(({ stack, permissions = [] }) => permissions.map((row) => ({ stack, ...row })));
  if (rows.length === 0) return '';
  return html`<table>
<caption>IAM statements</caption>
<thead><tr><th scope="col">Change</th><th scope="col">Stack</th><th scope="col">Effect</th><th scope="col">Principal</th><th scope="col">Actions</th><th scope="col">Resource</th><th scope="col">Condition</th></tr></thead>
<tbody>
${rows.map(
  ({ change, stack, effect, principal, actions, resource, condition }) =>
    html`<tr><td data-label="Change">${change === 'added' ? '+ added' : '- removed'}</td><td data-label="Stack">${stack}</td><td data-label="Effect">${effect}</td><td data-label="Principal">${principal}</td><td data-label="Actions">${actions.join(', ')}</td><td data-label="Resource">${resource}</td><td data-label="Condition">${condition === undefined ? '' : JSON.stringify(condition)}</td></tr>\n`,
)}</tbody></table>
`;
}
