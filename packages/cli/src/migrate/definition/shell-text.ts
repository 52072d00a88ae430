/** Texts as arguments of a command in a shell. */

export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** ` --context KEY=VALUE` for each, as `cdk` and `cdkpipe` take it. */
export function contextArguments(context: Readonly<Record<string, string>>): string {
  return Object.entries(context)
    .map(([key, value]) => {
      const text = `${key}=${value}`;
      return ` --context ${/^[\w.:/@=-]+$/.test(text) ? text : shellQuoted(text)}`;
    })
    .join('');
}
