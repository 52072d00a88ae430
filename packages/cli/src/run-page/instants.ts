/** Times of a report: in UTC, which is the same for everybody who reads the file. */
import { type Html, html } from '../markup/html.ts';

/** `2026-12-24 17:30:00 UTC` */
export function instant(at: string): Html {
  return html`<time datetime="${at}">${at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}</time>`;
}
