/** Names close to one that was not found, for "did you mean". */
import { distance } from 'fastest-levenshtein';

/** At most three of `known`, nearest first, each within a third of its length of `wanted`, compared without case. */
export function findNearMisses(wanted: string, known: readonly string[]): string[] {
  return known
    .map((name) => ({ name, steps: distance(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, steps }) => steps <= Math.max(2, Math.floor(name.length / 3)))
    .sort((a, b) => a.steps - b.steps || a.name.localeCompare(b.name, 'en'))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A fix that names the near misses, or else all that exists. */
export function suggest(wanted: string, known: readonly string[]): string {
  const near = findNearMisses(wanted, known);
  if (near.length > 0) return `did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  return known.length > 0 ? `use one of: ${known.join(', ')}` : 'there is nothing to choose from';
}
