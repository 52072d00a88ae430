/** Breaks plain text into lines at spaces, for what every command loads: `wrap-words.ts` needs a library that is slow to load. */
import { splitLines } from '../terminal/printable.ts';

const narrowest = 20;

/**
 * At least one line. A word that is wider than a line stays whole, and so does a line that is indented: it is quoted. Each character
 * counts as one cell; where that is wrong, the terminal breaks the line.
 */
export function breakLines(text: string, width: number): string[] {
  const most = Math.max(width, narrowest);
  return splitLines(text).flatMap((line) =>
    line.length <= most || line.startsWith(' ') ? [line] : breakLine(line, most),
  );
}

function breakLine(line: string, most: number): string[] {
  const lines = [''];
  for (const word of line.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Cells of a line on a terminal; where the stream is none, a line is as long as it is. */
export function widthOf(stream: { readonly columns?: number }): number {
  return stream.columns ?? Number.POSITIVE_INFINITY;
}
