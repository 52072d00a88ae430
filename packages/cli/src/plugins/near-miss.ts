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
  '@cdkpipe/plugin-safe-deployments',
] as const;

/** The well-known name that `name` looks like; undefined for that name itself and for all that look like none. */
export function findMistaken(name: string, known: readonly string[]): string | undefined {
  // Also in our own scope: only on the public registry does it belong to us.
  if (known.includes(name)) return undefined;
  const bare = skeleton(name);
  const claimed = name.startsWith('@') ? undefined : claimOf(name);
  return known.find((candidate) => {
    // The scope written as a part of the name, or left out, is the oldest trick.
    const written = [candidate, ...(name.startsWith('@') ? [] : [candidate.replace(/^@[^/]+\//, '')])];
    if (written.map(skeleton).some((other) => distance(bare, other) <= slipsIn(other))) return true;
    const taken = candidate.startsWith('@cdkpipe/') ? claimOf(candidate) : undefined;
    return claimed !== undefined && taken !== undefined && distance(claimed, taken) <= 1;
  });
}

/** How many wrong letters still read as the same name; in a short one each letter tells another word. */
function slipsIn(name: string): number {
  return name.length < 8 ? 0 : 2;
}

/**
 * What a name says that it is about, without the words that all such names have: `cdkpipe-manual` and
 * `cdkpipe-approval-manual-plugin` claim to be what `@cdkpipe/plugin-manual-approval` is. Undefined for a name of others.
 */
function claimOf(name: string): string | undefined {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const ours = words.filter((word) => !['cdkpipe', 'cdk', 'pipe', 'plugin', 'approval', 'step', ''].includes(word));
  return words.includes('cdkpipe') && ours.length === 1 ? ours[0] : undefined;
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
