/** Which run somebody means. */
import { refused } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';
import type { RunStore } from './run-store.ts';

/**
 * @param text ID of a run, the beginning or the part behind the last hyphen of one, or `latest`
 * @throws CdkpipeError `RUN_UNKNOWN`, `RUN_AMBIGUOUS`
 */
export function resolveRun(store: RunStore, text: string): string {
  const ids = store.list().map(({ id }) => id);
  if (ids.includes(text)) return text;
  const [latest] = ids;
  if (text === 'latest' && latest !== undefined) return latest;
  const found = text === '' ? [] : ids.filter((id) => id.startsWith(text) || id.endsWith(`-${text}`));
  if (found.length > 1) throw refused([words.runAmbiguous(text, found)]);
  return found[0] ?? fail(text, ids);
}

function fail(text: string, ids: readonly string[]): never {
  throw refused([words.runUnknown(text, ids)]);
}
