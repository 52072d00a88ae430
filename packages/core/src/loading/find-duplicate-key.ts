/** Finds a key that an object in JSON has twice: JSON.parse keeps the last value and drops the first, with all that it holds. */
import { createRequire } from 'node:module';
import { positionOf, type SyntaxFault } from './parse-json.ts';

/** The first one; undefined where there is none. The text must parse. */
export function findDuplicateKey(text: string): SyntaxFault | undefined {
  const json = text.replace(/^\uFEFF/, '');
  const { createScanner } = createRequire(import.meta.url)('jsonc-parser') as typeof import('jsonc-parser');
  const scanner = createScanner(json, true);
  /** The keys of each object that is open, undefined for a list. Scanned and not parsed: a parser calls itself for each level. */
  const open: (Set<string> | undefined)[] = [];
  let beginsEntry = false;
  for (scanner.scan(); scanner.getTokenOffset() < json.length; scanner.scan()) {
    const offset = scanner.getTokenOffset();
    const first = json[offset];
    if (first === '{') open.push(new Set());
    else if (first === '[') open.push(undefined);
    else if (first === '}' || first === ']') open.pop();
    else if (first === '"' && beginsEntry) {
      const keys = open.at(-1);
      const key = scanner.getTokenValue();
      if (keys?.has(key))
        return { reason: `the key ${JSON.stringify(key)} exists twice`, at: positionOf(json, offset) };
      keys?.add(key);
    }
    beginsEntry = first === '{' || first === ',';
  }
  return undefined;
}
