/** Writes the page of the options that a definition gives a plugin, in Markdown. */
import type { OptionSchema } from '@cdkpipe/core';
import { optionsSection } from './option-table.ts';

export interface PluginPageSource {
  readonly name: string;
  /** JSON Schema of the options of the plugin itself. */
  readonly options: OptionSchema | undefined;
  readonly examples: readonly { readonly title: string; readonly options: unknown }[];
}

/** The page of the options that a definition gives a plugin. */
export function pluginPage({ name, options, examples }: PluginPageSource): string {
  const blocks = examples.flatMap((example) => [
    `${example.title}:`,
    `\`\`\`json\n${JSON.stringify({ plugin: name, options: example.options }, null, 2)}\n\`\`\``,
  ]);
  return `${[
    `# Options of ${name}`,
    'An entry of `plugins`: `[plugin, { … }]` in TypeScript, `{ plugin, options }` in JSON and YAML.',
    ...optionsSection(options),
    ...(blocks.length > 0 ? ['## Examples', ...blocks] : []),
  ].join('\n\n')}\n`;
}
