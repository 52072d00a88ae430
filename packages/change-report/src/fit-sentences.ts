/** Puts sentences into a text of bounded length. */

/** What is said whole, or a list that may be cut between its items. */
export interface Sentence {
  readonly start: string;
  readonly items?: readonly string[];
}

export const whole = (start: string): Sentence => ({ start });

/** As many sentences as fit whole, then how many were left out; a list, or a first one that is too long, is cut. */
export function fit(sentences: readonly Sentence[], room: number): string {
  const plain = sentences.map(spell);
  for (let count = plain.length; count > 0; count -= 1) {
    const text = [...plain.slice(0, count), ...more(plain.length - count)].join(' ');
    if (text.length > room) continue;
    const rest = more(plain.length - count - 1);
    const taken = [...plain.slice(0, count), ...rest].join(' ').length + 1;
    const part = cutList(sentences[count], room - taken);
    return part === undefined ? text : [...plain.slice(0, count), part, ...rest].join(' ');
  }
  const rest = more(plain.length - 1).map((words) => ` ${words}`);
  const cut = `${(plain[0] ?? '').slice(0, Math.max(0, room - rest.join('').length - 3))}...${rest.join('')}`;
  return cut.slice(0, room);
}

function spell({ start, items }: Sentence): string {
  return asPlainText(items ? `${start}${items.join(', ')}.` : start);
}

/** As many items of a list as fit, and how many did not; undefined where none does. */
function cutList({ start = '', items = [] }: Partial<Sentence> = {}, room: number): string | undefined {
  for (let count = items.length - 1; count > 0; count -= 1) {
    const text = asPlainText(`${start}${items.slice(0, count).join(', ')} ${more(items.length - count).join('')}.`);
    if (text.length <= room) return text;
  }
  return undefined;
}

const more = (count: number) => (count > 0 ? [`(and ${count} more)`] : []);

/** Printable ASCII in one line, in which nothing is left that CodePipeline would take for a variable. */
function asPlainText(text: string): string {
  return text.replace(/[^ -~]+/g, '?').replaceAll('#{', '# {');
}
