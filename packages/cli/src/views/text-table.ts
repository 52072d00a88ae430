/** Prints rows in columns that share the width of the screen; a cell that is too long takes more lines. */
import wrapAnsi from 'wrap-ansi';
import type { Paint } from './paint.ts';

/** Columns between two columns. */
const gap = 2;

export interface TableRow {
  readonly cells: readonly string[];
  /** Takes the whole width, below the cells. */
  readonly below?: string;
}

/** Short columns get what they need; the others share what is left. */
export function textTable(head: readonly string[], rows: readonly TableRow[], width: number, paint: Paint): string[] {
  const widths = widthsOf([head, ...rows.map(({ cells }) => cells)], width);
  const lines = rows.flatMap(({ cells, below }) => [
    ...cellLines(cells, widths),
    ...(below === undefined ? [] : indented(below, width)),
  ]);
  return [paint('dim', cellLines(head, widths)[0] ?? ''), ...lines];
}

const indent = 4;

function indented(text: string, width: number): string[] {
  return wrapAnsi(text, Math.max(20, width - indent), { hard: true })
    .split('\n')
    .map((line) => ' '.repeat(indent) + line);
}

function widthsOf(rows: readonly (readonly string[])[], width: number): number[] {
  const needed = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const room = width - gap * (needed.length - 1);
  const small = needed.map((need) => need <= 8);
  const left = room - needed.reduce((sum, need, column) => sum + (small[column] ? need : 0), 0);
  const share = Math.max(12, Math.floor(left / Math.max(1, small.filter((each) => !each).length)));
  return needed.map((need, column) => (small[column] ? need : Math.min(need, share)));
}

function cellLines(row: readonly string[], widths: readonly number[]): string[] {
  const cells = row.map((cell, column) => wrapAnsi(cell, widths[column] ?? 1, { hard: true }).split('\n'));
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, column) => (lines[line] ?? '').padEnd(widths[column] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}
