/** Adds a plugin to a definition in TypeScript or JavaScript, and takes it out again; all else stays as it is. */
import { parse } from '@babel/parser';
import type { File, Node, ObjectProperty } from '@babel/types';
import { type Edited, indentAt, lineEnd, lineStart, newlineOf, type Replacement, replaceAll } from './edited.ts';
import { addEntry, removeEntry, type WrittenList } from './list-entries.ts';
import { defaultImportOf, identifiersIn, importsOf, localNameFor } from './script-names.ts';
import { keyOf, readScriptShape, type ScriptShape } from './script-shape.ts';

/** @param kinds of the plugin; the functions that make their steps are called so, and will be imported beside it */
export function addToScript(text: string, name: string, kinds: readonly string[] = []): Edited {
  const file = parseScript(text);
  const style = styleOf(text, file);
  const local = file && (defaultImportOf(file, name) ?? localNameFor(name, file, kinds));
  const importLine = `import ${local ?? 'plugin'} from ${style.quoted(name)}${style.semicolon}`;
  const notUnderstood = (reason: string, isCommonJs = false): Edited => ({
    reason,
    byHand: isCommonJs ? [`plugins: [${style.quoted(name)}],`] : [importLine, `plugins: [${local ?? 'plugin'}],`],
  });
  if (!file || local === undefined) return notUnderstood('it could not be parsed');
  const shape = readScriptShape(file);
  if (typeof shape === 'string') return notUnderstood(shape);
  if (findEntry(file, shape, name) >= 0) return { text };
  // require() of an ES module fails on older Node; a name works everywhere.
  const entry = shape.isCommonJs ? style.quoted(name) : local;
  const isImported = shape.isCommonJs || defaultImportOf(file, name) !== undefined;
  const added = shape.list
    ? addEntry(text, writtenList(file, shape.list), entry)
    : [addProperty(text, shape, `plugins: [${entry}]`)];
  const result = replaceAll(text, [...added, ...(isImported ? [] : [addImport(text, file, importLine)])]);
  return holds(result, name, true) ? { text: result } : notUnderstood('its shape is not one that can be edited safely');
}

export function removeFromScript(text: string, name: string): Edited {
  const notUnderstood = (reason: string): Edited => ({
    reason,
    byHand: [`remove ${name} from "plugins", and its import`],
  });
  const file = parseScript(text);
  if (!file) return notUnderstood('it could not be parsed');
  const shape = readScriptShape(file);
  if (typeof shape === 'string') return notUnderstood(shape);
  const index = findEntry(file, shape, name);
  const removed = shape.list && index >= 0 ? removeEntry(text, writtenList(file, shape.list), index) : [];
  const result = replaceAll(text, [...removed, ...removeImports(text, file, name)]);
  return holds(result, name, false)
    ? { text: result }
    : notUnderstood('its shape is not one that can be edited safely');
}

/** Lines on which something that the package exports is still used, apart from its entry in `plugins`. */
export function usesInScript(text: string, name: string): number[] {
  const file = parseScript(text);
  if (!file) return [];
  const locals = importsOf(file, name).flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name));
  const shape = readScriptShape(file);
  // What stands in the entry goes with it: the plugin, and what its options say.
  const entry = typeof shape === 'string' ? undefined : shape.list?.elements[findEntry(file, shape, name)];
  const lines = identifiersIn(file)
    .filter(({ name: used }) => locals.includes(used))
    .filter(({ start }) => !(entry && isWithin(start, entry)))
    .filter(({ start }) => !importsOf(file, name).some((one) => isWithin(start, one)))
    .flatMap(({ loc }) => loc?.start.line ?? []);
  return [...new Set(lines)];
}

function isWithin(position: number | null | undefined, node: { start?: number | null; end?: number | null }): boolean {
  return (position ?? -1) >= (node.start ?? 0) && (position ?? -1) < (node.end ?? 0);
}

function parseScript(text: string): File | undefined {
  try {
    return parse(text, { sourceType: 'unambiguous', plugins: ['typescript'], tokens: true, attachComment: false });
  } catch {
    return undefined;
  }
}

/** Index in the list of the entry that stands for the package; -1 where there is none. */
function findEntry(file: File, { list }: ScriptShape, name: string): number {
  const local = defaultImportOf(file, name);
  return (list?.elements ?? []).findIndex((element) => {
    const plugin = pluginOf(element);
    if (plugin?.type === 'StringLiteral') return plugin.value === name;
    return plugin?.type === 'Identifier' && plugin.name === local;
  });
}

/** What stands for the plugin: the entry itself, the first of a pair with options, or `plugin` of `{ plugin, options }`. */
function pluginOf(element: Node | null | undefined): Node | null | undefined {
  if (element?.type === 'ArrayExpression') return element.elements[0];
  if (element?.type !== 'ObjectExpression') return element;
  const property = element.properties.find(
    (one): one is ObjectProperty => one.type === 'ObjectProperty' && keyOf(one) === 'plugin',
  );
  return property?.value;
}

function holds(text: string, name: string, wanted: boolean): boolean {
  const file = parseScript(text);
  const shape = file && readScriptShape(file);
  return file !== undefined && typeof shape === 'object' && findEntry(file, shape, name) >= 0 === wanted;
}

function writtenList(file: File, list: NonNullable<ScriptShape['list']>): WrittenList {
  const span = { start: list.start ?? 0, end: list.end ?? 0 };
  const entries = list.elements.flatMap((one) => (one ? [{ start: one.start ?? 0, end: one.end ?? 0 }] : []));
  const tokens = (file.tokens ?? []) as { start: number; end: number; type: { label?: string } }[];
  const commas = tokens
    .filter(({ start, type }) => type.label === ',' && start > span.start && start < span.end)
    .map(({ start }) => start)
    .filter((position) => !entries.some(({ start, end }) => position >= start && position < end));
  return { span, entries, commas };
}

/** Plugins stand before what uses them, as in the guide. */
const followers = ['source', 'additionalSources', 'build', 'waves'];

function addProperty(text: string, { definition }: ScriptShape, property: string): Replacement {
  const { properties } = definition;
  const next =
    properties.find((one) => one.type === 'ObjectProperty' && followers.includes(keyOf(one) ?? '')) ?? properties[0];
  if (!next) return at((definition.start ?? 0) + 1, ` ${property} `);
  const start = next.start ?? 0;
  const isMultiLine = lineStart(text, start) > (definition.start ?? 0);
  const gap = isMultiLine ? `${newlineOf(text)}${indentAt(text, start)}` : ' ';
  return at(start, `${property},${gap}`);
}

function addImport(text: string, file: File, line: string): Replacement {
  const newline = newlineOf(text);
  const last = file.program.body.findLast(({ type }) => type === 'ImportDeclaration');
  if (last) return at(lineEnd(text, last.end ?? 0), `${newline}${line}`);
  const shebang = file.program.interpreter?.end;
  return at(shebang ? lineEnd(text, shebang) + newline.length : 0, `${line}${newline}`);
}

function removeImports(text: string, file: File, name: string): Replacement[] {
  return importsOf(file, name).map(({ start, end }) => {
    const from = lineStart(text, start ?? 0);
    const to = lineEnd(text, end ?? 0);
    const wholeLine = text.slice(from, start ?? 0).trim() === '' && text.slice(end ?? 0, to).trim() === '';
    const feed = text.indexOf('\n', to);
    return wholeLine
      ? { start: from, end: feed < 0 ? text.length : feed + 1, by: '' }
      : { start: start ?? 0, end: end ?? 0, by: '' };
  });
}

/** How the author writes: quotes and semicolons of the first import, or those of our own examples. */
function styleOf(text: string, file: File | undefined) {
  const first = file?.program.body.find(({ type }) => type === 'ImportDeclaration');
  const written = first ? text.slice(first.start ?? 0, first.end ?? 0) : "'';";
  const quote = written.includes('"') ? '"' : "'";
  return {
    quoted: (value: string) => `${quote}${value}${quote}`,
    semicolon: written.endsWith(';') ? ';' : '',
  };
}

function at(position: number, by: string): Replacement {
  return { start: position, end: position, by };
}
