/** One run as one HTML page: how it ended, its graph, its timeline, who decided what, and what was printed. */
import type { JournalRecord } from '@cdkpipe/backend-local/engine';
import { diagramStyle } from '../diagram/diagram-style.ts';
import { figuresOf } from '../diagram/figures.ts';
import { summarizeDiagram } from '../diagram/summarize-diagram.ts';
import { type Html, html } from '../markup/html.ts';
import { pageOf } from '../markup/page.ts';
import type { RunView } from '../runs/run-status.ts';
import { runDocument } from '../views/run-report.ts';
import { decisionsOf } from './decisions.ts';
import { factsOf, urgentOf } from './facts.ts';
import { logSections, readLogs } from './logs.ts';
import { reportStyle } from './report-style.ts';
import { rollbacksOf } from './rollbacks.ts';
import { diagramRun } from './run-diagram.ts';
import { timelineOf } from './timeline.ts';

/** @param logOf what an action has printed; undefined where it has printed nothing */
export function runPage(
  view: RunView,
  records: readonly JournalRecord[],
  logOf: (action: string) => string | undefined,
): string {
  const run = runDocument(view, records);
  const logs = readLogs(run, logOf);
  const diagram = diagramRun(run, logs);
  const sections: readonly (readonly [id: string, title: string, body: Html | undefined])[] = [
    ['graph', 'Graph', figuresOf(summarizeDiagram(diagram))],
    ['timeline', 'Timeline', timelineOf(run, logs, diagram)],
    ['rollbacks', 'Rollbacks', rollbacksOf(run)],
    ['decisions', 'Decisions', decisionsOf(run)],
    ['logs', 'Logs', logSections(run, logs)],
  ];
  const shown = sections.filter(([, , body]) => body !== undefined);
  return pageOf({
    title: `${run.pipeline} ${run.id}: ${run.status}`,
    style: `${diagramStyle}\n${reportStyle}`,
    body: html`<header>
<h1>${run.pipeline} <small>${run.id}</small></h1>
<nav aria-label="Contents"><ul>${shown.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main>
${urgentOf(run, logs)}${factsOf(run, view)}
${shown.map(([id, title, body]) => html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${body}</section>\n`)}</main>
`,
  });
}
