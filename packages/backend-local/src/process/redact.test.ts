import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, mask, redact } from './redact.ts';

/** Shows text that comes in the pieces given. */
function shown(pieces: readonly string[], secrets: readonly string[]): string {
  const redactor = createRedactor(new Set(secrets));
  return pieces.map((piece) => redactor.push(piece)).join('') + redactor.end();
}

describe('the redactor', () => {
  test.each<[string, string[], string[], string]>([
    ['a secret in one piece', ['a hunter2 b'], ['hunter2'], 'a *** b'],
    ['a secret cut in two', ['a hun', 'ter2 b'], ['hunter2'], 'a *** b'],
    ['a secret cut into letters', [...'xhunter2y'], ['hunter2'], 'x***y'],
    ['two that touch', ['hunter2hunter2'], ['hunter2'], '******'],
    ['the longer of two', ['abcde'], ['abcd', 'abcde'], '***'],
    ['the shorter where the longer does not come', ['abcd', 'x'], ['abcd', 'abcde'], '***x'],
    ['two that overlap as one', ['xabcdefy'], ['abcd', 'cdef'], 'x***y'],
    ['one that overlaps itself', ['aaaa', 'aaaaa', 'b'], ['aaaa'], '***b'],
    ['a beginning that is none', ['hunt', 'ing'], ['hunter2'], 'hunting'],
    ['a beginning at the end', ['say hunt'], ['hunter2'], 'say hunt'],
    ['one that begins inside another beginning', ['aaabc'], ['aabc'], 'a***'],
    ['signs of regular expressions', ['$1.*+?x'], ['.*+?'], '$1***x'],
    ['an empty secret', ['abc'], [''], 'abc'],
    ['nothing of three characters, which would hide the log', ['abc dev'], ['dev'], 'abc dev'],
    ['none', ['abc'], [], 'abc'],
  ])('masks %s', (_what, pieces, secrets, expected) => {
    expect(shown(pieces, secrets)).toBe(expected);
  });

  test('shows the same however the text is cut, and never a secret', () => {
    const letters = (minLength: number) =>
      fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength, maxLength: 7 });
    fc.assert(
      fc.property(fc.array(letters(1)), fc.array(letters(4), { maxLength: 3 }), (pieces, secrets) => {
        const text = pieces.join('');
        const whole = redact(text, new Set(secrets));
        expect(shown(pieces, secrets)).toBe(whole);
        expect(shown([...text], secrets)).toBe(whole);
        for (const part of whole.split(mask)) for (const secret of secrets) expect(part).not.toContain(secret);
      }),
    );
  });
});

const secret = String.raw`pa"ss<w&rd>'/+\x?=é`;

/** Encodings that do not come from this package, with what is printed around the secret. */
const encodings: [string, (text: string) => string][] = [
  ['JSON', (text) => JSON.stringify({ text })],
  ['JSON inside JSON', (text) => JSON.stringify(JSON.stringify({ text }))],
  [
    'JSON of ASCII',
    (text) => JSON.stringify(text).replace(/[\u0080-\uffff]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
  ],
  ['URL', (text) => `https://example.com/?q=${encodeURIComponent(text)}&x=1`],
  ['URL path', encodeURI],
  ['form', (text) => new URLSearchParams({ text, more: 'x' }).toString()],
  ['lower-case URL', (text) => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (each) => each.toLowerCase())],
  ['base64', (text) => Buffer.from(text).toString('base64')],
  ['base64 behind one byte', (text) => Buffer.from(`:${text}:more`).toString('base64')],
  ['base64 behind two bytes', (text) => Buffer.from(`ab${text}cd`).toString('base64')],
  [
    'base64 of a long text',
    (text) => Buffer.from(`${'user'.repeat(40)}${text}${'more'.repeat(40)}`).toString('base64'),
  ],
  ['base64url', (text) => Buffer.from(`?>${text}~`).toString('base64url')],
  ['base64 in lines', (text) => Buffer.from(`x${text}`).toString('base64').replace(/.{7}/g, '$&\n')],
  ['hexadecimal', (text) => Buffer.from(text).toString('hex')],
  ['upper-case hexadecimal', (text) => Buffer.from(`a${text}b`).toString('hex').toUpperCase()],
  [
    'HTML',
    (text) =>
      text.replace(/[&<>"']/g, (each) =>
        `&#${each.charCodeAt(0)};`.replace('&#38;', '&amp;').replace('&#60;', '&lt;').replace('&#62;', '&gt;'),
      ),
  ],
  [
    'HTML with names',
    (text) =>
      text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&apos;'),
  ],
];

test.each(encodings)('a secret in %s is masked, also letter by letter', (_name, encode) => {
  const text = `before ${encode(secret)} after`;
  const whole = redact(text, new Set([secret]));
  expect(whole).toContain(mask);
  expect(whole).toMatch(/^before .* after$/s);
  expect(shown([...text], [secret])).toBe(whole);
  // At either end one character of base64 also depends on what is around the secret.
  const others = encode('').length;
  expect(whole.replace(/\*\*\*/, '').length).toBeLessThanOrEqual('before  after'.length + others + 8);
});

test('a secret that is asked for while text is held back is masked in it', () => {
  const secrets = new Set(['hunter2-and-more']);
  const redactor = createRedactor(secrets);
  let text = redactor.push('a hunter2');
  secrets.add('hunter2');
  text += redactor.push(' b') + redactor.end();
  expect(text).toBe('a *** b');
});

test('takes time in proportion to the text, also where every letter begins a secret', () => {
  const secrets = new Set([`${'a'.repeat(2000)}b`, `${'a'.repeat(1000)}c`, 'aaaa']);
  const time = (length: number): number => {
    const begun = performance.now();
    expect(redact('a'.repeat(length), secrets)).toBe(mask);
    return performance.now() - begun;
  };
  time(100_000);
  expect(time(4_000_000)).toBeLessThan(20_000);
});
