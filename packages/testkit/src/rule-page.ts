/** Writes the page of a lint rule, in Markdown: for the docs, for READMEs, and for `cdkpipe plugins:inspect RULE`. */
import type { RuleExample, RulePage } from '@cdkpipe/core';
import { cell, optionsSection } from './option-table.ts';

export interface RulePageSource {
  readonly page: RulePage;
  /** npm name of the plugin that provides it. */
  readonly plugin: string;
}

export function rulePage({ page, plugin }: RulePageSource): string {
  const { name, summary, severity, reads, fix, docs, sources } = page;
  return `${[
    `# ${name}`,
    summary,
    [
      `- Provided by \`${plugin}\``,
      `- ${severity === 'error' ? 'An error' : 'A warning'} by default; it reads the ${reads}`,
      `- To fix a finding: ${fix}`,
      ...(docs === undefined ? [] : [`- Page: ${docs}`]),
    ].join('\n'),
    ...sourcesSection(sources),
    ...optionsSection(page.options),
    ...examplesSection(name, 'Accepted', page.examples.good),
    ...examplesSection(name, 'Not accepted', page.examples.bad),
  ].join('\n\n')}\n`;
}

/** A row for each rule. */
export function ruleTable(pages: readonly RulePage[]): string {
  const rows = pages.map(({ name, severity, summary }) => `| \`${name}\` | ${severity} | ${cell(summary)} |`);
  return ['| rule | by default | what holds |', '| --- | --- | --- |', ...rows].join('\n');
}

function sourcesSection(sources: RulePage['sources']): string[] {
  if (sources.length === 0) return [];
  return ['## Sources', sources.map(({ title, url }) => `- [${title}](${url})`).join('\n')];
}

function examplesSection(name: string, title: string, examples: readonly RuleExample<unknown>[]): string[] {
  if (examples.length === 0) return [];
  return [
    `## ${title}`,
    ...examples.flatMap((example) => [`${example.title}:`, `\`\`\`json\n${shown(name, example)}\n\`\`\``]),
  ];
}

function shown(name: string, { waves, definition, options }: RuleExample<unknown>): string {
  const rules = options === undefined ? {} : { rules: { [name]: ['warning', options] } };
  return JSON.stringify({ ...definition, ...rules, waves }, null, 2);
}
