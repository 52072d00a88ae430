/** Finds the packages that a script imports at its top, without running it. */

// Comments, and texts in which something that looks like one is none.
const commentOrText = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

const statement =
  /(?:^|[;\n])\s*import\s+(?!type\b)(?:[\w*{}\s,$]+?\s*from\s*)?(['"])([^'"\n]+)\1|\brequire\(\s*(['"])([^'"\n]+)\3\s*\)/g;

/** Names of packages, such as `@acme/pager`, in the order of the script; not its relative imports, nor sub-paths. */
export function importedPackages(source: string): string[] {
  const code = source.replace(commentOrText, (text) => (text.startsWith('/') ? ' ' : text));
  const found = [...code.matchAll(statement)].flatMap(([, , imported, , required]) => imported ?? required ?? []);
  return [...new Set(found.filter((name) => /^(?:@[\w.~-]+\/)?[a-z0-9~][\w.~-]*$/i.test(name)))];
}
