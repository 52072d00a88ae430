/** What editing a definition can end with. */

export type Edited =
  /** The new text; the old one where there was nothing to do. */
  | { readonly text: string }
  /** The file has a shape that is not understood: what the author may do by hand. */
  | { readonly reason: string; readonly byHand: readonly string[] };

/** Replaces `text[start..end)` by `by`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** Everything outside of the replacements stays byte for byte; those of one place are written in the order given. */
export function replaceAll(text: string, replacements: readonly Replacement[]): string {
  const inOrder = [...replacements].sort((a, b) => a.start - b.start);
  const parts = inOrder.map(({ start, by }, index) => text.slice(inOrder[index - 1]?.end ?? 0, start) + by);
  return parts.join('') + text.slice(inOrder.at(-1)?.end ?? 0);
}

export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The white space with which the line of `position` begins. */
export function indentAt(text: string, position: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, position)))?.[0] ?? '';
}

export function lineStart(text: string, position: number): number {
  return text.lastIndexOf('\n', position - 1) + 1;
}

/** Position of the line's end, before its line break. */
export function lineEnd(text: string, position: number): number {
  const feed = text.indexOf('\n', position);
  if (feed < 0) return text.length;
  return text[feed - 1] === '\r' ? feed - 1 : feed;
}
