/** Tells copies of a template apart from what only looks like one, so that each app is checked once per region. */
import type { RuleFinding, TemplateToCheck } from './template-finding.ts';

/** A template and those that say the same in other words. */
export interface CopyGroup {
  readonly original: TemplateToCheck;
  readonly copies: readonly TemplateCopy[];
}

export interface TemplateCopy {
  readonly template: TemplateToCheck;
  /** The finding as it would be of this copy. */
  translate(finding: RuleFinding): RuleFinding;
}

export function groupCopies(templates: readonly TemplateToCheck[]): readonly CopyGroup[] {
  const groups: { original: TemplateToCheck; words: readonly string[]; copies: TemplateCopy[] }[] = [];
  for (const template of templates) {
    const words = wordsOf(template.text);
    const copied = groups.some(({ original, words: others, copies }) => {
      const pairs = pairWords(original, others, template, words);
      if (pairs) copies.push({ template, translate: translateBy(pairs) });
      return pairs !== undefined;
    });
    if (!copied) groups.push({ original: template, words, copies: [] });
  }
  return groups;
}

const word = /([A-Za-z0-9_.-]+)/;

/** Words at odd places, what stands between them at even ones. */
function wordsOf(text: string): readonly string[] {
  return text.split(word);
}

/**
 * Which word of the copy stands for which of the original. Undefined unless the words correspond one to one and each
 * that differs is explained by account, deployment or a hash of the CDK, in the same place and of the same length: no
 * rule can tell such templates apart.
 */
function pairWords(
  original: TemplateToCheck,
  words: readonly string[],
  copy: TemplateToCheck,
  others: readonly string[],
): ReadonlyMap<string, string> | undefined {
  if (original.region !== copy.region || original.text.length !== copy.text.length) return undefined;
  if ((original.account === undefined) !== (copy.account === undefined) || words.length !== others.length) return undefined;
  const forth = new Map<string, string>();
  const back = new Map<string, string>();
  for (const [index, mine] of words.entries()) {
    const theirs = others[index] ?? '';
    if (mine !== theirs && (index % 2 === 0 || !isExplained(mine, theirs, original, copy))) return undefined;
    if ((forth.get(mine) ?? theirs) !== theirs || (back.get(theirs) ?? mine) !== mine) return undefined;
    forth.set(mine, theirs);
    back.set(theirs, mine);
  }
  return forth;
}

function isExplained(mine: string, theirs: string, original: TemplateToCheck, copy: TemplateToCheck): boolean {
  if (mine.length !== theirs.length) return false;
  const names: (readonly [string, string])[] = [];
  if (original.account && copy.account) names.push([original.account, copy.account]);
  if (original.deployment && copy.deployment && shapeOf(original.deployment) === shapeOf(copy.deployment)) {
    names.push([original.deployment, copy.deployment]);
  }
  for (let at = 0; at < mine.length; ) {
    const length = mine[at] === theirs[at] ? 1 : lengthOfDifference(mine, theirs, at, names);
    if (length === 0) return false;
    at += length;
  }
  return true;
}
