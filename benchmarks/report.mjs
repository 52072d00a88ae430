/** Turns tables of measurements into Markdown. */

/**
 * @param {{ title: string, columns: [string, string], unit: string, rows: object[] }} table
 *   each row has `what`, `measured`, and where they exist `reference`, `target` (the highest ratio) and its own `unit`
 */
export function tableAsMarkdown({ title, columns, unit, rows }) {
  const body = rows.map((row) => {
    const ratio = row.measured / row.reference;
    return [
      row.what,
      amount(row.reference, row.unit ?? unit),
      amount(row.measured, row.unit ?? unit),
      Number.isFinite(ratio) ? ratio.toFixed(2) : '',
      row.target === undefined ? '' : `≤ ${row.target}`,
      row.target === undefined ? '' : ratio <= row.target ? 'yes' : '**no**',
    ];
  });
  return `### ${title}\n\n${align([['', ...columns, 'ratio', 'target', 'reached'], ...body])}\n`;
}

/** Pads every column to one width, as the formatter wants it: the first and the last to the left, figures to the right. */
function align([head, ...body]) {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...body].map((cells) => cells[column].length)));
  const isFigure = (column) => column > 0 && column < head.length - 1;
  const pad = (text, column) => (isFigure(column) ? text.padStart(widths[column]) : text.padEnd(widths[column]));
  const rule = widths.map((width, column) => (isFigure(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [head.map(pad), rule, ...body.map((cells) => cells.map(pad))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Puts text between `<!-- name -->` and `<!-- /name -->` of a document that has them. */
export function replaceBetweenMarkers(document, name, text) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the document has no ${start} … ${end}`);
  return `${document.slice(0, from + start.length)}\n${text}\n${document.slice(to)}`;
}

function amount(number, unit) {
  if (number === undefined) return '–';
  if (unit === 's') return `${number.toFixed(2)} s`;
  if (unit === 'ms') return `${number.toFixed(number < 10 ? 1 : 0)} ms`;
  return `${Math.round(number).toLocaleString('en')}${unit === '' ? '' : ` ${unit}`}`;
}
