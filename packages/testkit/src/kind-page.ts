/** Writes the page of a kind, in Markdown: for the docs and for `cdkpipe plugins:inspect KIND`. */
import type { KindPage } from '@cdkpipe/core';
import { optionsSection } from './option-table.ts';

export interface KindPageSource {
  readonly page: KindPage;
  /** npm name of the plugin that brings it. */
  readonly plugin: string;
  /** Backends that have a renderer of it. */
  readonly backends: readonly string[];
}

const places: Record<KindPage['positions'][number], string> = {
  build: 'around the build',
  wave: 'before a wave',
  change: "in a deployment's `changes`",
  approval: "in a deployment's `approvals`",
};

export function kindPage({ page, plugin, backends }: KindPageSource): string {
  return `${[
    `# ${page.name}`,
    page.summary,
    [
      `- Brought by \`${plugin}\``,
      `- May stand ${listed(page.positions.map((position) => places[position]))}`,
      `- ${renderedOn(backends, page.lowers)}`,
      ...(page.runsCode
        ? ["- Code of yours runs: `runIn` says where (`'pipeline'`, `'target'` or `{ account, region }`)"]
        : []),
    ].join('\n'),
    ...optionsSection(page.options),
    ...examplesSection(page),
  ].join('\n\n')}\n`;
}

function renderedOn(backends: readonly string[], lowers: boolean): string {
  if (backends.length === 0)
    return lowers ? 'Works wherever the steps do that take its place' : 'Rendered on no backend';
  const rendered = `Rendered on ${listed(backends.map((backend) => `\`${backend}\``))}`;
  return lowers ? `${rendered}; elsewhere other steps take its place` : rendered;
}

function examplesSection({ name, examples }: KindPage): string[] {
  if (examples.length === 0) return [];
  const blocks = examples.flatMap(({ title, options }) => [
    `${title}:`,
    `\`\`\`json\n${JSON.stringify({ kind: name, name: 'Example', options }, null, 2)}\n\`\`\``,
  ]);
  return ['## Examples', ...blocks];
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}
