/** Recognises names that were made to be mistaken for those of well-known plugins. */
import { distance } from 'fastest-levenshtein';

/** The plugins that come from us; what the project already uses is added to them. */
export const wellKnown = [
  '@cdkpipe/plugin-manual-approval',
  '@cdkpipe/plugin-codebuild-approval',
  '@cdkpipe/plugin-lambda-approval',
  '@cdkpipe/plugin-bake-approval',
  '@cdkpipe/plugin-security-approval',
  '@cdkpipe/plugin-window-approval',
] as const;

const ownScope = '@cdkpipe/';

/** The well-known name that `name` looks like; undefined for that name itself and for all that look like none. */
export function findMistaken(name: string, known: readonly string[]): string | undefined {
  // Nobody but us can publish in our scope: a wrong name there is merely unknown.
  if (known.includes(name) || name.startsWith(ownScope)) return undefined;
  const bare = skeleton(name);
  return known.find((candidate) => {
    // The scope written as a part of the name, or left out, is the oldest trick.
    const written = [candidate, ...(name.startsWith('@') ? [] : [candidate.replace(/^@[^/]+\//, '')])];
    return written.map(skeleton).some((other) => distance(bare, other) <= slipsIn(other));
  });
}

/** How many wrong letters still read as the same name; in a short one each letter tells another word. */
function slipsIn(name: string): number {
  return name.length < 8 ? 0 : 2;
}

/** What the eye keeps of a name: no separators, and letters instead of the digits that look like them. */
function skeleton(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}
