import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paintFor } from '../views/paint.ts';
import { makeVisibleInJson } from './make-visible.ts';
import { markOfStyle } from './marks.ts';
import { forTerminal, print } from './print.ts';
import { joinLines, logText, type Printable, paragraphs, printable } from './printable.ts';

const esc = '\u001b';

test.each([
  ['an escape sequence', `${esc}[2J${esc}[Hall is well`, '\\u{1b}[2J\\u{1b}[Hall is well'],
  ['a link or a title (OSC)', `${esc}]0;title\u0007`, '\\u{1b}]0;title\\u{7}'],
  ['CSI as one character of C1', '\u009b2J', '\\u{9b}2J'],
  ['a carriage return that would write over the line', 'true\rfalse', 'true\\u{d}false'],
  ['backspaces', 'no\b\byes', 'no\\u{8}\\u{8}yes'],
  ['DEL', 'a\u007f', 'a\\u{7f}'],
  ['a line feed, which would begin a line of its own', 'a\n✔ approved', 'a\\u{a}✔ approved'],
  ['NUL', 'a\0b', 'a\\u{0}b'],
  ['text from right to left', 'a\u202eb\u2066c\u200fd', 'a\\u{202e}b\\u{2066}c\\u{200f}d'],
  ['zero width', 'ad\u200bmin\ufeff\u2060', 'ad\\u{200b}min\\u{feff}\\u{2060}'],
  ['tags', 'ok\u{e0041}\u{e007f}', 'ok\\u{e0041}\\u{e007f}'],
  ['line and paragraph separators', 'a\u2028b\u2029c\u0085d', 'a\\u{2028}b\\u{2029}c\\u{85}d'],
  ['half of a pair', 'a\ud800b', 'a\\u{d800}b'],
  ['letters that show nothing', '\u3164\u115f\u034f', '\\u{3164}\\u{115f}\\u{34f}'],
  ['an address with a password', 'https://me:pw@host/', 'https://host/'],
  ['a mark of ours with another secret', '\0abc;1\0', '\\u{0}abc;1\\u{0}'],
])('%s is visible', (_, text, expected) => {
  expect(`${printable`${text}`}`).toBe(expected);
  expect(`${printable`${printable`${text}`}`}`).toBe(expected);
});

test.each(['Grüße, 日本語, ✔ ◆ │ e\u0301', '❤\ufe0f', 'a\tb'])('%s stays as it is', (text) => {
  expect(`${printable`${text}`}`).toBe(text);
});

test('lines of a text count, whatever ends them; nothing else in it does', () => {
  expect(`${paragraphs(`a\r\n\tb\n${esc}[1Ac`)}`).toBe('a\n\tb\n\\u{1b}[1Ac');
});

test('a log loses its colours, and shows every other sequence', () => {
  expect(`${logText(`${esc}[1;32m✓${esc}[39m ok\n${esc}[8mhidden${esc}[0m ${esc}[2Kx`)}`).toBe(
    '✓ ok\nhidden \\u{1b}[2Kx',
  );
});

test('whatever the text, nothing that a terminal obeys is left', () => {
  const any = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(any, any, (one, two) => {
      const line = forTerminal(printable`${one} ${two}`);
      const lines = forTerminal(joinLines([one, two]));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
      expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/u);
      expect(lines.split('\n')).toHaveLength(2);
    }),
  );
});

test('our own styles are printed, and those of others are visible beside them', () => {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  const [env, force] = [process.env.FORCE_COLOR, process.env.NO_COLOR];
  process.env.FORCE_COLOR = '1';
  delete process.env.NO_COLOR;
  try {
    print(stream, printable`${paintFor(stream)('red', `a${esc}[32mb`)}`);
  } finally {
    if (env === undefined) delete process.env.FORCE_COLOR;
    else process.env.FORCE_COLOR = env;
    if (force !== undefined) process.env.NO_COLOR = force;
  }
  expect(String((stream as unknown as PassThrough).read())).toBe(`${esc}[31ma\\u{1b}[32mb${esc}[39m`);
});

test('a plain string cannot be printed: it does not compile', () => {
  const stream = new PassThrough();
  // @ts-expect-error a view that forgets to make its text visible
  print(stream, 'text');
  // @ts-expect-error and so does one that puts printable pieces together in another way
  print(stream, `${printable`a`}${markOfStyle('1')}`);
  const lines: Printable[] = [printable`a`];
  // @ts-expect-error as line feeds between them may be those of others
  print(stream, lines.join('\n'));
});

test('a JSON document says the same, without what a terminal obeys', () => {
  const value = { text: `${esc}[2J\u009b\u202e\u{e0041}\u007f\n` };
  const json = makeVisibleInJson(JSON.stringify(value, null, 2));
  expect(JSON.parse(json)).toEqual(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
  expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|\u{e0041}/u);
});

test('time grows with the length of the text alone', () => {
  for (const piece of ['a', `${esc}[`, `${esc}[1;`, '\0', '\n', '\u202e']) {
    const began = performance.now();
    logText(piece.repeat(200_000));
    expect(performance.now() - began, piece).toBeLessThan(4000);
  }
});
