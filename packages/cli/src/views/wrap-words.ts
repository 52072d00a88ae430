/** Breaks text into lines at words, by the cells that a terminal needs for them. */
import wrapAnsi from 'wrap-ansi';
import { splitLines } from '../terminal/printable.ts';

const narrowest = 20;

/** At least one line; a word that is wider than a line stays whole, so that it can be copied. */
export function wrapWords(text: string, width: number): string[] {
  return splitLines(wrapAnsi(text, Math.max(width, narrowest), { hard: false }));
}
