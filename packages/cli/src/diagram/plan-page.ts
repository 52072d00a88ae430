/** A plan as one HTML page: its graph, and the actions as a table for those who do not see a picture. */
import { environmentName } from '@cdkpipe/core';
import { type Html, html } from '../markup/html.ts';
import { pageOf } from '../markup/page.ts';
import type { Outline, OutlinedAction, OutlinedStage } from '../outline/outline.ts';
import type { Diagram } from './diagram.ts';
import { diagramStyle } from './diagram-style.ts';
import { figuresOf } from './figures.ts';

/** @param shown what the picture shows; the table has every action of `outline` */
export function planPage(shown: Diagram, outline: Outline): string {
  const { pipeline, backend, stages, notes } = outline;
  return pageOf({
    title: shown.title,
    style: diagramStyle,
    body: html`<main>
<h1>${pipeline.name} <small>on ${backend} in ${environmentName(pipeline.environment)}</small></h1>
<p>${shown.description}</p>
<h2>Graph</h2>
${figuresOf(shown)}
<h2>Actions</h2>
${stages.map((stage) => stageTable(stage))}${notesOf(notes)}</main>
`,
  });
}

function stageTable({ name, actions, rollback }: OutlinedStage): Html {
  return html`<h3>${name}${rollback === undefined ? '' : html` <small>rolls back when it fails</small>`}</h3>
<table>
<thead><tr><th scope="col" class="nowrap">Run order</th><th scope="col">Action</th><th scope="col">Environment</th><th scope="col">Gate</th><th scope="col">Waits for</th></tr></thead>
<tbody>
${actions.map((action) => actionRow(action, actions))}</tbody>
</table>
`;
}

function actionRow(action: OutlinedAction, stage: readonly OutlinedAction[]): Html {
  const { runOrder, type, subject, environment, gate, kind, contributedBy } = action;
  const waits = stage.filter(({ id }) => action.after.includes(id)).map((each) => `${each.type} ${each.subject}`);
  const by = contributedBy === undefined ? '' : ` by ${contributedBy}`;
  return html`<tr><td class="nowrap" data-label="Run order">${runOrder}</td><th scope="row">${type} ${subject}</th><td class="nowrap" data-label="Environment">${environment === undefined ? 'no code runs' : environmentName(environment)}</td>
<td data-label="Gate">${gate === undefined ? 'no' : `◆ ${gate}`}${kind === undefined ? '' : `, ${kind}${by}`}</td><td data-label="Waits for">${waits.length === 0 ? 'the stage before' : waits.join('; ')}</td></tr>
`;
}

function notesOf(notes: Outline['notes']): Html | undefined {
  if (notes.length === 0) return undefined;
  return html`<h2>Notes</h2>
<ul>
${notes.map(({ about, text }) => html`<li>${about}: ${text}</li>\n`)}</ul>
`;
}
