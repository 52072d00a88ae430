/** Stand for our own styles in a text until it is printed, so that they can be told from those of others. */
import { randomBytes } from 'node:crypto';

// Text of others cannot hold it: it is made anew for each process, and never printed.
const secret = randomBytes(12).toString('hex');
const pattern = new RegExp(`\u0000${secret};([\\d;]+)\u0000`, 'g');

/** @param code of a style, such as `1` for bold */
export function markOfStyle(code: string): string {
  return `\u0000${secret};${code}\u0000`;
}

/** As a terminal understands it. */
export function marksToStyles(text: string): string {
  return text.replace(pattern, '\u001b[$1m');
}

export function withoutMarks(text: string): string {
  return text.replace(pattern, '');
}

/** Pieces of text, and the marks between them as they are. */
export function mapBetweenMarks(text: string, change: (piece: string) => string): string {
  let end = 0;
  let result = '';
  for (const match of text.matchAll(pattern)) {
    result += change(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return result + change(text.slice(end));
}
