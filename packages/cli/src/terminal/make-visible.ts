/** The one function through which text of others reaches a terminal. */
import { withoutCredentials } from '@cdkpipe/core';

/**
 * What a terminal obeys or does not show: control characters (C0, DEL, C1, and so every escape sequence), characters of
 * format (bidirectional, zero-width, tags, soft hyphens), line and paragraph separators, lone surrogates. Tabs only move to
 * the right; the selectors of text and emoji presentation change nothing but how the character before them looks.
 */
const unseen = /(?!\t|\uFE0E|\uFE0F)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** One line, with such characters as `\u{1b}`, and addresses without credentials. */
export function makeVisible(line: string): string {
  return withoutCredentials(line).replace(unseen, asEscape);
}

/** Valid inside the strings of a JSON document, where they mean what they meant; line feeds stand between its tokens. */
export function makeVisibleInJson(json: string): string {
  return json.replace(unseen, (character) => {
    if (character === '\n') return character;
    return Array.from({ length: character.length }, (_, at) => escapeOfUnit(character.charCodeAt(at))).join('');
  });
}

/** Removes colours and other styles, which a step's tools print and which hold no text; what is left is made visible elsewhere. */
export function withoutStyles(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what styles begin with.
  return line.replace(/\x1b\[[\d;:]{0,64}m/g, '');
}

function asEscape(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function escapeOfUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
