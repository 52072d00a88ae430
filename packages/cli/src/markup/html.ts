/** HTML in which every inserted text is escaped; only what was made here may stand in it as it is. */
import { withoutStyles } from '../terminal/make-visible.ts';
import { paragraphs } from '../terminal/printable.ts';

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Insert = Html | string | number | undefined | readonly Insert[];

/** A template tag: texts are escaped for content and for attributes in double quotes. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
  return new Html(parts.map((part, index) => part + insertText(inserts[index])).join(''));
}

function insertText(insert: Insert): string {
  if (insert === undefined) return '';
  if (insert instanceof Html) return insert.text;
  if (typeof insert === 'object') return insert.map(insertText).join('');
  return escapeText(String(insert));
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  // What a browser does not show, or reorders, is visible here as on a terminal; lines stay.
  return paragraphs(withoutStyles(text)).replace(/[&<>"']/g, (character) => references[character] ?? '');
}
