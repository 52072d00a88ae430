/** Expressions of GitHub, and texts that must not become any. */

/** An expression where the whole value is one. */
export function expression(code: string): string {
  return `\${{ ${code} }}`;
}

/** A text of others as a value: the beginning of an expression in it becomes an expression that stands for itself. */
export function literalText(text: string): string {
  return text.replaceAll('${{', expression("'${{'"));
}

/** A text inside an expression; a quote is written twice (https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#literals). */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
