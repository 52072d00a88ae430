/** Maps names that people chose to names that AWS takes, so that different names stay different. */
import { createHash } from 'node:crypto';

export interface NameRule {
  /** Matches one character that may stand anywhere. */
  readonly character: RegExp;
  /** Matches the first character, where fewer may stand there. */
  readonly first?: RegExp;
  readonly maxLength: number;
  /** Stands for what may not, and before the hash of a changed name. */
  readonly filler: '-' | '_';
}

/** Characters of the hash that ends a changed name. */
export const hashLength = 10;
const endsLikeHash = new RegExp(`[-_][0-9a-f]{${hashLength}}$`);

/**
 * Returns `name` itself where the rule allows it; otherwise what is allowed of it and a hash of the whole. A name that
 * already ends like such a hash gets one too, so no unchanged name can meet a changed one.
 */
export function mapName(name: string, rule: NameRule): string {
  if (isAllowed(name, rule) && !endsLikeHash.test(name)) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength);
  const slug = [...name].map((character) => (rule.character.test(character) ? character : rule.filler)).join('');
  const led = rule.first && !rule.first.test(slug.slice(0, 1)) ? `p${rule.filler}${slug}` : slug;
  return `${led.slice(0, rule.maxLength - hashLength - 1)}${rule.filler}${hash}`;
}

function isAllowed(name: string, { character, first, maxLength }: NameRule): boolean {
  if (name === '' || name.length > maxLength) return false;
  if (first && !first.test(name.slice(0, 1))) return false;
  return [...name].every((each) => character.test(each));
}
