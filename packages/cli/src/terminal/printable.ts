/** Text that may be printed: whatever others wrote in it is visible. Nothing else is accepted by what prints. */
import { makeVisible, withoutStyles } from './make-visible.ts';
import { mapBetweenMarks } from './marks.ts';

declare const brand: unique symbol;

/** Made by the functions of this file alone; a plain string is none, so that a view that forgets does not compile. */
export type Printable = string & { readonly [brand]: true };

/** Each is one line, whatever is in it: a line feed of others becomes visible and cannot begin another. */
export function joinLines(lines: readonly string[]): Printable {
  return lines.map(visibleLine).join('\n') as Printable;
}

/** A template tag for one line. */
export function printable(parts: TemplateStringsArray, ...inserts: readonly (string | number)[]): Printable {
  return visibleLine(String.raw({ raw: parts }, ...inserts)) as Printable;
}

/** Text of several lines, such as an error of a tool, whose line feeds count. */
export function paragraphs(text: string): Printable {
  return joinLines(splitLines(text));
}

/** What a step has printed: without its colours, which a log that is read later has no use for. */
export function logText(text: string): Printable {
  return joinLines(splitLines(text).map(withoutStyles));
}

export function splitLines(text: string): string[] {
  return text.split(/\r?\n/);
}

function visibleLine(line: string): string {
  return mapBetweenMarks(line, makeVisible);
}
