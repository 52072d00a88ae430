/** Paths of problems, such as `waves[0].deployments[1].env["A-B"]`, as keys and indices. */

/** Undefined where it is no such path. */
export function tokensOf(path: string): (string | number)[] | undefined {
  const tokens: (string | number)[] = [];
  const part = /\.?([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;
  while (part.lastIndex < path.length) {
    const [found, key, index, quoted] = part.exec(path) ?? [];
    if (found === undefined) return undefined;
    tokens.push(index === undefined ? (key ?? (JSON.parse(quoted ?? '""') as string)) : Number(index));
  }
  return tokens;
}
