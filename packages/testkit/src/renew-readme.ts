/** Keeps the pages of kinds and rules in a README true: what stands between two marks is made from the plugin. */
import { describeKind, describeRule, optionSchemaOf, type Plugin } from '@cdkpipe/core';
import { kindPage } from './kind-page.ts';
import { pluginPage } from './plugin-page.ts';
import { rulePage, ruleTable } from './rule-page.ts';

/** The line before the page of a kind, and the one behind it. */
export const marksOf = (kind: string): readonly [string, string] => marks(`kind ${kind}`);

const marks = (of: string) => [`<!-- ${of} -->`, `<!-- /${of} -->`] as const;

/**
 * @returns the text with the page of each kind and rule between its marks, the table of all rules between `<!-- rules -->` and
 *   `<!-- /rules -->`, and that of the plugin's options between `<!-- plugin options -->` and `<!-- /plugin options -->`; what has
 *   no marks is left out
 */
export function renewReadme(text: string, plugin: Plugin): string {
  const rules = (plugin.rules ?? []).map(describeRule);
  const parts: [of: string, part: string][] = [
    ...(plugin.kinds ?? []).map((kind): [string, string] => [`kind ${kind.name}`, sectionOf(pageOfKind(kind, plugin))]),
    ...rules.map((page): [string, string] => [`rule ${page.name}`, sectionOf(rulePage({ page, plugin: plugin.name }))]),
    ['rules', ruleTable(rules)],
    ...pageOfOptions(plugin),
  ];
  return parts.reduce((renewed, [of, part]) => {
    const [before, behind] = marks(of);
    const [start, end] = [renewed.indexOf(before), renewed.indexOf(behind)];
    if (start < 0 || end < start) return renewed;
    return `${renewed.slice(0, start)}${before}\n\n${part}\n\n${renewed.slice(end)}`;
  }, text);
}

function pageOfOptions({ name, options, examples = [] }: Plugin): [of: string, part: string][] {
  if (!options) return [];
  return [['plugin options', sectionOf(pluginPage({ name, options: optionSchemaOf(options), examples }))]];
}

function pageOfKind(kind: NonNullable<Plugin['kinds']>[number], plugin: Plugin): string {
  const renderers = (plugin.renderers ?? []).filter((renderer) => renderer.kind === kind.name);
  return kindPage({
    page: describeKind(kind),
    plugin: plugin.name,
    backends: renderers.map(({ backend }) => backend),
  });
}

/** One level below the title of the README. */
function sectionOf(page: string): string {
  return page.replace(/^#/gm, '##').trimEnd();
}

/** What is left of Markdown apart from how a formatter lays out tables and blank lines. */
export function unformatted(text: string): string {
  return text
    .replace(/[ \t]+/g, ' ')
    .replace(/-{3,}/g, '---')
    .replace(/\n{2,}/g, '\n')
    .replace(/\| (?=\|)/g, '|')
    .replace(/ ?\| ?/g, '|');
}
