import { expect, it } from 'vitest';
import { findDuplicateKey } from './find-duplicate-key.ts';

it.each([
  ['{ "a": 1, "b": { "a": 2 } }'],
  ['[{ "a": 1 }, { "a": 2 }]'],
  ['{ "a": ["a", "a"], "b": "a" }'],
  ['{ "a": { "a": { "a": "a" } } }'],
  ['{ "constructor": 1, "toString": 2, "__proto__": 3 }'],
  ['"a"'],
  ['[]'],
])('%s has every key once', (text) => {
  expect(findDuplicateKey(text)).toBeUndefined();
});

it.each([
  ['{ "a": 1, "a": 1 }', 'a', 11],
  ['[{ "b": {} }, { "b": [{ "c": 1 }], "b": 2 }]', 'b', 36],
  ['{ "a": { "x": 1 }, "a": 2 }', 'a', 20],
  ['{ "a": 1, "\\u0061": 2 }', 'a', 11],
  ['{ "__proto__": 1, "__proto__": 2 }', '__proto__', 19],
])('%s has the key %s twice', (text, key, column) => {
  expect(findDuplicateKey(text)).toEqual({
    reason: `the key ${JSON.stringify(key)} exists twice`,
    at: { line: 1, column },
  });
});

it('a text of a million levels is read', () => {
  expect(findDuplicateKey(`${'['.repeat(1e6)}${']'.repeat(1e6)}`)).toBeUndefined();
});
