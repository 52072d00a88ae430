/** Adds what the commands write to the text of a .gitignore; a line that ignores the same stays the only one. */
import type { Extended } from './extend-manifest.ts';

export function extendGitignore(before: string, names: readonly string[]): Extended {
  const lines = before.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, ''));
  const missing = names.filter((name) => !lines.includes(name));
  if (missing.length === 0) return { text: before, added: [] };
  const eol = before.includes('\r\n') ? '\r\n' : '\n';
  const start = before === '' || before.endsWith('\n') ? before : `${before}${eol}`;
  return {
    text: `${start}${missing.map((name) => `${name}${eol}`).join('')}`,
    added: missing.map((name) => `the line ${name}`),
  };
}
