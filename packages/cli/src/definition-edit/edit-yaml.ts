/** Adds a plugin to a definition in YAML and takes it out again; comments and layout stay. */
import { type Document, isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, type YAMLSeq } from 'yaml';
import { type Edited, indentAt, lineEnd, lineStart, newlineOf, type Replacement, replaceAll } from './edited.ts';
import { addEntry, removeEntry, type Span, type WrittenList } from './list-entries.ts';

export function addToYaml(text: string, name: string): Edited {
  const document = parseDocument(text);
  const list = document.get('plugins');
  if (document.errors.length > 0 || !isMap(document.contents)) return notUnderstood(name);
  if (isSeq(list)) {
    if (indexIn(list, name) >= 0) return { text };
    return checked(
      text,
      list.flow ? addEntry(text, flowList(text, list), quoted(name)) : addItem(text, list, name),
      name,
    );
  }
  if (list !== undefined && list !== null) return notUnderstood(name);
  return checked(text, [addKey(text, document, name)], name);
}

export function removeFromYaml(text: string, name: string): Edited {
  const document = parseDocument(text);
  const list = document.get('plugins');
  if (!isSeq(list)) return { text };
  const index = indexIn(list, name);
  if (index < 0) return { text };
  const replacements = list.flow ? removeEntry(text, flowList(text, list), index) : removeItem(text, list, index);
  return checked(text, replacements, name, false);
}

/** The edited text, where it means what was wanted; whatever else the file says must stay. */
function checked(text: string, replacements: readonly Replacement[], name: string, wanted = true): Edited {
  const result = replaceAll(text, replacements);
  const [before, after] = [parseDocument(text), parseDocument(result)];
  const list = after.get('plugins');
  const isDone = after.errors.length === 0 && (isSeq(list) ? indexIn(list, name) >= 0 : false) === wanted;
  before.delete('plugins');
  after.delete('plugins');
  const isSame = JSON.stringify(before.toJS()) === JSON.stringify(after.toJS());
  return isDone && isSame ? { text: result } : notUnderstood(name);
}

function notUnderstood(name: string): Edited {
  return { reason: '"plugins" is not a list that can be edited safely', byHand: ['plugins:', `  - ${quoted(name)}`] };
}

function indexIn(list: YAMLSeq, name: string): number {
  return list.items.findIndex((item) => nameIn(item) === name);
}

/** The name alone, in a pair with options, or as `{ plugin, options }`. */
function nameIn(item: unknown): unknown {
  if (isScalar(item)) return item.value;
  if (isMap(item)) return item.get('plugin');
  return isSeq(item) ? item.get(0) : undefined;
}

const spanOf = (node: { range?: readonly [number, number, number] | null | undefined }) => ({
  start: node.range?.[0] ?? 0,
  end: node.range?.[1] ?? 0,
});

function flowList(text: string, list: YAMLSeq): WrittenList {
  const entries = list.items.map((item) => spanOf(item as Scalar));
  const span = spanOf(list);
  const commas = [...text.slice(span.start, span.end).matchAll(/,/g)]
    .map(({ index }) => span.start + index)
    .filter((position) => !entries.some(({ start, end }) => position >= start && position < end));
  return { span, entries, commas };
}

/** The range of a block ends behind its line break. */
function blockSpanOf(text: string, item: unknown): Span {
  const { start, end } = spanOf(item as Scalar);
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

function addItem(text: string, list: YAMLSeq, name: string): Replacement[] {
  const last = list.items.at(-1) as Scalar | undefined;
  if (!last) return [];
  const { start, end } = blockSpanOf(text, last);
  return [at(lineEnd(text, end), `${newlineOf(text)}${indentAt(text, start)}- ${quoted(name)}`)];
}

function removeItem(text: string, list: YAMLSeq, index: number): Replacement[] {
  const { start, end } = blockSpanOf(text, list.items[index]);
  const feed = text.indexOf('\n', end);
  const line = { start: lineStart(text, start), end: feed < 0 ? text.length : feed + 1, by: '' };
  if (list.items.length > 1) return [line];
  // An empty list has to be written as one: nothing at all would be null.
  const key = text.lastIndexOf('plugins', start) + 'plugins'.length;
  return [line, at(text.indexOf(':', key) + 1, ' []')];
}

const followers = ['source', 'additionalSources', 'build', 'waves'];

function addKey(text: string, document: Document.Parsed, name: string): Replacement {
  const newline = newlineOf(text);
  const item = `${newline}  - ${quoted(name)}`;
  const pairs = isMap(document.contents) ? (document.contents.items as Pair<Scalar, unknown>[]) : [];
  const empty = pairs.find(({ key }) => key.value === 'plugins');
  if (empty) return at(text.indexOf(':', spanOf(empty.key).end) + 1, item);
  const next = pairs.find(({ key }) => followers.includes(String(key.value)));
  if (next) return at(spanOf(next.key).start, `plugins:${item}${newline}`);
  const gap = text === '' || text.endsWith('\n') ? '' : newline;
  return at(text.length, `${gap}plugins:${item}${newline}`);
}

/** A name with a scope begins with a character that YAML reserves. */
function quoted(name: string): string {
  return name.startsWith('@') ? `'${name}'` : name;
}

function at(position: number, by: string): Replacement {
  return { start: position, end: position, by };
}
