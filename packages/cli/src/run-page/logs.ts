/** What the actions of a run, and stacks on their way back, have printed. */
import { rollbackId } from '@cdkpipe/backend-local/engine';
import { type Html, html } from '../markup/html.ts';
import type { RunDocument } from '../views/run-report.ts';
import { anchorOf } from './anchors.ts';
import { stateOf } from './state-of.ts';

export interface ReportLog {
  readonly text: string;
  readonly anchor: string;
}

/** By the ID of the action; those that hold nothing are left out. */
export type Logs = ReadonlyMap<string, ReportLog>;

export function readLogs({ actions, rollbacks }: RunDocument, logOf: (action: string) => string | undefined): Logs {
  const back = rollbacks.flatMap(({ stacks }) => stacks.map(rollbackId));
  const ids = new Set([...actions.map(({ id }) => id), ...back]);
  return new Map(
    [...ids].flatMap((id) => {
      const text = logOf(id);
      return text === undefined || text.trim() === '' ? [] : [[id, { text, anchor: `log-${anchorOf(id)}` }] as const];
    }),
  );
}

/** That of a failed action is open, also on paper. */
export function logSections({ actions }: RunDocument, logs: Logs): Html | undefined {
  if (logs.size === 0) return undefined;
  const states = new Map(actions.map((action) => [action.id, stateOf(action)]));
  return html`${[...logs].map(([id, { text, anchor }]) => {
    const state = states.get(id);
    const isOpen = state === 'failed' || state === 'rejected';
    const back =
      state === undefined
        ? ''
        : html`<p><a href="#node-${anchorOf(id)}" aria-label="${`Back to the graph: ${id}`}">Back to the graph</a> · <a href="#action-${anchorOf(id)}" aria-label="${`to the timeline: ${id}`}">to the timeline</a></p>\n`;
    const summary = html`<summary>${id}${state === undefined ? '' : html` <small>${state}</small>`}</summary>
${back}<pre tabindex="0" aria-label="${`Log of ${id}`}">${text}</pre>`;
    return isOpen
      ? html`<details id="${anchor}" open>${summary}</details>\n`
      : html`<details id="${anchor}">${summary}</details>\n`;
  })}`;
}
