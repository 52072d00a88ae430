/** Reads `--variable NAME=VALUE`. */
import { refused } from '@cdkpipe/core';
import { flagInvalid } from '../problems/problems.ts';

/** The value is what stands behind the first `=`; of two for one name the last holds. */
export function parseVariables(texts: readonly string[]): Record<string, string> {
  const wrong = texts.filter((text) => !/^[^=]+=/.test(text));
  if (wrong.length > 0) throw refused(wrong.map((text) => flagInvalid('--variable', text, 'NAME=VALUE')));
  return Object.fromEntries(
    texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const),
  );
}
