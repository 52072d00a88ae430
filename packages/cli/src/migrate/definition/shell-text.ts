/** Texts as arguments of a command in a shell. */

export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As it is where a shell reads nothing into it. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,][\w./:@%+=,-]*$/.test(text) ? text : shellQuoted(text);
}

/** ` --context KEY=VALUE` for each, as `cdk` and `cdkpipe` take it. */
export function contextArguments(context: Readonly<Record<string, string>>): string {
  return Object.entries(context)
    .map(([key, value]) => ` --context ${shellWord(`${key}=${value}`)}`)
    .join('');
}
