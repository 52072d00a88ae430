import { expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

it.each([
  ['{ "a": }', 1, 8, "unexpected token '}'"],
  ['{\n  "a": 1,\n}', 3, 1, 'expected double-quoted property name'],
  ['{\r\n  "a": 1\r\n  "b": 2 }', 3, 3, "expected ',' or '}' after property value"],
  ['[1, 2', 1, 6, "expected ',' or ']' after array element"],
  ['{ "a": "b', 1, 8, 'unterminated string'],
  ['{ "a": "b\n" }', 1, 8, 'bad control character in string literal'],
  ['// words\n{}', 1, 1, "unexpected token '/'"],
  ["{ 'a': 1 }", 1, 3, "expected property name or '}'"],
  ['{} {}', 1, 4, 'unexpected non-whitespace character after JSON'],
  ['', 1, 1, 'unexpected end of JSON input'],
])('the fault in %j is found at %i:%i', (text, line, column, reason) => {
  expect(parseJson(text)).toEqual({ reason, at: { line, column } });
});

it('what JSON.parse takes is taken, also behind a byte order mark', () => {
  expect(parseJson('\uFEFF{ "a": [1, null] }')).toEqual({ value: { a: [1, null] } });
});
