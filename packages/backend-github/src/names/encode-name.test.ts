import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeName, joinNames } from './encode-name.ts';

test('a name of letters, digits and dashes is left as it is', () => {
  expect(encodeName('ProdEu-2')).toBe('ProdEu-2');
  expect(joinNames('ProdEu', 'Smoke')).toBe('ProdEu__Smoke');
});

test.each([
  ['a.b', 'a_x2e-b'],
  ['a_b', 'a_x5f-b'],
  ['1st', '_1st'],
  ['-x', '_-x'],
])('%s becomes %s', (name, encoded) => {
  expect(encodeName(name)).toBe(encoded);
});

const name = fc.string({
  unit: fc.constantFrom('a', 'B', '0', '-', '_', '.', '@', 'x', '2', 'e', '/', ':'),
  minLength: 1,
});
const names = fc.array(name, { minLength: 1, maxLength: 3 });

test('two lists of names never become one name', () => {
  fc.assert(
    fc.property(names, names, (a, b) => {
      if (JSON.stringify(a) !== JSON.stringify(b)) expect(joinNames(...a)).not.toBe(joinNames(...b));
    }),
    { numRuns: 5_000 },
  );
});

test('what comes out is a job ID', () => {
  fc.assert(
    fc.property(names, (each) => {
      expect(joinNames(...each)).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
    }),
  );
});
