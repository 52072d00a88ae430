/** Finds the action of a plan that a person means. */
import { type Problem, refused } from '@cdkpipe/core';
import type { OutlinedAction } from '../outline/outline.ts';
import { nodeAmbiguous, nodeUnknown } from '../problems/problems.ts';

/**
 * By ID, else by name, else by the only ID or name that begins or ends with `wanted`; letter case counts only where it tells
 * two apart.
 *
 * @throws CdkpipeError (`source: 'user'`) with the near misses, or with all that it may mean
 */
export function findAction(wanted: string, actions: readonly OutlinedAction[]): OutlinedAction {
  const found = candidates(wanted, actions) ?? candidates(wanted.toLowerCase(), actions, (text) => text.toLowerCase());
  const [first, ...others] = found ?? [];
  if (first === undefined) throw refused([nodeUnknown(wanted, [...new Set(actions.flatMap(wordsOf))])]);
  if (others.length > 0) throw refused([ambiguous(wanted, [first, ...others])]);
  return first;
}

type Read = (text: string) => string;

function candidates(wanted: string, actions: readonly OutlinedAction[], read: Read = (text) => text) {
  const ways: ((word: string) => boolean)[] = [
    (word) => word === wanted,
    (word) => word.startsWith(wanted) || word.endsWith(wanted),
  ];
  const byId = actions.filter(({ id }) => read(id) === wanted);
  if (byId.length > 0) return byId;
  for (const matches of ways) {
    const found = actions.filter((action) => wordsOf(action).map(read).some(matches));
    if (found.length > 0) return found;
  }
  return undefined;
}

/** An action is also called by its gate, which may stand for several. */
function wordsOf({ id, name, gate }: OutlinedAction): string[] {
  return [id, name, ...(gate === undefined ? [] : [gate])];
}

function ambiguous(wanted: string, found: readonly OutlinedAction[]): Problem {
  return nodeAmbiguous(
    wanted,
    found.map(({ id }) => id),
  );
}
