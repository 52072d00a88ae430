/** Adds and removes one entry of a list written out in a script or in YAML's flow style, as its author would. */
import { indentAt, lineEnd, lineStart, newlineOf, type Replacement } from './edited.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface WrittenList {
  /** From its opening bracket to behind its closing one. */
  readonly span: Span;
  readonly entries: readonly Span[];
  /** Positions of the commas between and behind the entries. */
  readonly commas: readonly number[];
}

export function addEntry(text: string, list: WrittenList, entry: string): Replacement[] {
  const last = list.entries.at(-1);
  if (!last) return [insertion(list.span.start + 1, entry)];
  if (!isOnLineOfItsOwn(text, list, last)) return [insertion(last.end, `, ${entry}`)];
  const comma = list.commas.find((position) => position >= last.end);
  const line = `${newlineOf(text)}${indentAt(text, last.start)}${entry}`;
  // A comment behind the last entry stays where it is.
  if (comma !== undefined) return [insertion(lineEnd(text, comma), `${line},`)];
  return [insertion(last.end, ','), insertion(lineEnd(text, last.end), line)];
}

export function removeEntry(text: string, list: WrittenList, index: number): Replacement[] {
  const { start, end } = list.entries[index] ?? list.span;
  const before = list.entries[index - 1];
  const after = list.entries[index + 1];
  const comma = list.commas.find((position) => position >= end && position < (after?.start ?? list.span.end));
  const behind = comma === undefined ? end : comma + 1;
  if (isAloneOnLine(text, start, behind)) {
    const from = lineStart(text, start);
    const feed = text.indexOf('\n', behind);
    const line = { start: from, end: feed < 0 ? text.length : feed + 1, by: '' };
    // The comma before it was only there because of it.
    const orphan = comma === undefined ? list.commas.findLast((position) => position < start) : undefined;
    return [line, ...(orphan === undefined ? [] : [{ start: orphan, end: orphan + 1, by: '' }])];
  }
  if (after) return [{ start, end: after.start, by: '' }];
  return [{ start: before?.end ?? start, end: before ? end : behind, by: '' }];
}

function insertion(at: number, by: string): Replacement {
  return { start: at, end: at, by };
}

function isOnLineOfItsOwn(text: string, { span }: WrittenList, { start }: Span): boolean {
  return lineStart(text, start) > span.start;
}

function isAloneOnLine(text: string, start: number, end: number): boolean {
  const before = text.slice(lineStart(text, start), start);
  const behind = text.slice(end, lineEnd(text, end));
  return before.trim() === '' && /^\s*(\/\/.*|#.*)?$/.test(behind);
}
