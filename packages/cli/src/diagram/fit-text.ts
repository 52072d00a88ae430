/** Text that fits into a box: its end and its beginning tell more than its middle. */
import { makeVisible, withoutStyles } from '../terminal/make-visible.ts';

/** @param cells how many characters of a fixed width there is room for; wide characters, as of Chinese, take two */
export function fitText(text: string, cells: number): string {
  const letters = [...visibleLine(text)];
  if (widthOf(letters) <= cells) return letters.join('');
  const [begin, end]: [string[], string[]] = [[], []];
  let room = cells - 1;
  for (let at = 0; ; at += 1) {
    const fromStart = at % 2 === 0;
    const letter = (fromStart ? letters[at / 2] : letters.at(-(at + 1) / 2)) ?? '';
    room -= widthOf([letter]);
    if (room < 0) return `${begin.join('')}…${end.join('')}`;
    if (fromStart) begin.push(letter);
    else end.unshift(letter);
  }
}

/** One line in which whatever others wrote is visible. */
export function visibleLine(text: string): string {
  return makeVisible(withoutStyles(text));
}

function widthOf(letters: readonly string[]): number {
  return letters.reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) < 0x1100 ? 1 : 2), 0);
}
