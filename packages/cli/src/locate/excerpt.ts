/** The lines around a place in a file, with a mark below it. */

export interface Spot {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly excerpt: readonly string[];
}

/** Longer lines are cut: they are generated, and nobody reads them. */
const longest = 160;

export function spotAt(text: string, index: number): Spot {
  const lines = text.split(/\r?\n/);
  const before = text.slice(0, index).split('\n');
  const line = before.length;
  const column = (before.at(-1) ?? '').length + 1;
  const shown = [line - 1, line, line + 1].filter((number) => number > 0 && number <= lines.length);
  const width = String(shown.at(-1)).length;
  const row = (number: number) =>
    `${String(number).padStart(width)} │ ${(lines[number - 1] ?? '').slice(0, longest)}`.trimEnd();
  const pad = (lines[line - 1] ?? '').slice(0, column - 1).replace(/[^\t]/g, ' ');
  const mark = column > longest ? [] : [`${' '.repeat(width)} │ ${pad}^`];
  return {
    line,
    column,
    excerpt: shown.flatMap((number) => (number === line ? [row(number), ...mark] : [row(number)])),
  };
}
