/** Tells copies of a template apart from what only looks like one, so that each app is checked once per region. */
import { pairWords, splitWords } from './paired-words.ts';
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
    const words = splitWords(template.text);
    const copied = groups.some(({ original, words: others, copies }) => {
      const pairs = pairWords({ ...original, words: others }, { ...template, words });
      if (pairs) copies.push({ template, translate: translateBy(pairs) });
      return pairs !== undefined;
    });
    if (!copied) groups.push({ original: template, words, copies: [] });
  }
  return groups;
}

function translateBy(pairs: ReadonlyMap<string, string>): (finding: RuleFinding) => RuleFinding {
  const translate = (text: string) =>
    splitWords(text)
      .map((part) => pairs.get(part) ?? part)
      .join('');
  return ({ message, resource, path, fix, ...rest }) => ({
    ...rest,
    message: translate(message),
    ...(resource !== undefined && { resource: translate(resource) }),
    ...(path !== undefined && { path: translate(path) }),
    ...(fix !== undefined && { fix: translate(fix) }),
  });
}
