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
    ['the longer of two', ['abc'], ['ab', 'abc'], '***'],
    ['the shorter where the longer does not come', ['ab', 'x'], ['ab', 'abc'], '***x'],
    ['a beginning that is none', ['hunt', 'ing'], ['hunter2'], 'hunting'],
    ['a beginning at the end', ['say hunt'], ['hunter2'], 'say hunt'],
    ['one that begins inside another beginning', ['aab'], ['ab'], 'a***'],
    ['signs of regular expressions', ['$1.*x'], ['.*'], '$1***x'],
    ['an empty secret', ['abc'], [''], 'abc'],
    ['none', ['abc'], [], 'abc'],
  ])('masks %s', (_what, pieces, secrets, expected) => {
    expect(shown(pieces, secrets)).toBe(expected);
  });

  test('shows the same however the text is cut, and never a secret', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(letters), fc.array(letters, { maxLength: 3 }), (pieces, secrets) => {
        const text = pieces.join('');
        const whole = redact(text, new Set(secrets));
        expect(shown(pieces, secrets)).toBe(whole);
        expect(shown([...text], secrets)).toBe(whole);
        for (const part of whole.split(mask)) for (const secret of secrets) expect(part).not.toContain(secret);
      }),
    );
  });
});
