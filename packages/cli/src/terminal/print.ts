/** The only way to a terminal. */
import { marksToStyles } from './marks.ts';
import type { Printable } from './printable.ts';

/** Adds nothing: a text ends with a line feed where one is wanted. */
export function print(stream: NodeJS.WritableStream, text: Printable): void {
  stream.write(marksToStyles(text));
}

export function printLine(stream: NodeJS.WritableStream, text: Printable): void {
  print(stream, text);
  stream.write('\n');
}

/** For libraries that print themselves: listr2 and the prompts. */
export function forTerminal(text: Printable): string {
  return marksToStyles(text);
}
