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
  const groups: { readonly original: TemplateToCheck; readonly copies: TemplateCopy[] }[] = [];
  const split = new Map<TemplateToCheck, readonly string[]>();
  const worded = (template: TemplateToCheck) => {
    const words = split.get(template) ?? splitWords(template.text);
    split.set(template, words);
    return { ...template, words };
  };
  for (const template of templates) {
    const found = groups.some(({ original, copies }) => {
      // Most templates differ in length already, and need not be split.
      if (original.region !== template.region || original.text.length !== template.text.length) return false;
      const pairs = pairWords(worded(original), worded(template));
      if (pairs) copies.push({ template, translate: translateBy(pairs) });
      return pairs !== undefined;
    });
    if (!found) groups.push({ original: template, copies: [] });
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
