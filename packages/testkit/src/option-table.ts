/** Options as a table in Markdown, for the pages of kinds and rules. */
import type { OptionSchema } from '@cdkpipe/core';

export function optionsSection(schema: OptionSchema | undefined): string[] {
  const properties = Object.entries(schema?.properties ?? {});
  if (properties.length === 0) return ['It takes no options.'];
  const rows = properties.map(([name, option]) => {
    const required = schema?.required?.includes(name) ? 'yes' : '';
    return `| \`${name}\` | ${cell(typeOf(option))} | ${required} | ${cell(option.description ?? '')} |`;
  });
  return [
    '## Options',
    ['| option | type | required | what it does |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ];
}

/** A type in a few words: `string`, `list of string`, `"a" or "b"`. */
function typeOf({ type, items, enum: values, const: only, anyOf, oneOf, properties }: OptionSchema): string {
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => JSON.stringify(value)).join(' or ');
  const variants = anyOf ?? oneOf;
  if (variants) return [...new Set(variants.map(typeOf))].join(' or ');
  if (type === 'array') return items ? `list of ${typeOf(items)}` : 'list';
  if (properties?.$ref?.const !== undefined) return `\`${String(properties.$ref.const)}(…)\``;
  return type === undefined ? 'anything' : [type].flat().join(' or ');
}

/** Text of a plugin in a cell of a table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
