import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionName } from './action-names.ts';

test('names that fit are joined with dots and kept as they are', () => {
  expect(actionName('ProdEu', 'Api', 'Execute')).toBe('ProdEu.Api.Execute');
  expect(actionName('smoke-v1.2@eu_1')).toBe('smoke-v1.2@eu_1');
});

test('a path becomes dots, other characters become their code', () => {
  expect(actionName('Beta', 'Core/Net work', 'Prepare')).toBe('Beta.Core.Net@0020work.Prepare');
});

test('every name is one that a stage, an action and a job can have', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, unit: 'binary' }), { minLength: 1, maxLength: 4 }), (parts) => {
      expect(actionName(...parts)).toMatch(/^[A-Za-z0-9.@_-]{1,100}$/);
    }),
  );
});

test('long names that differ only at the end stay apart', () => {
  const long = 'x'.repeat(120);
  expect(actionName(long, 'Prepare')).not.toBe(actionName(long, 'Execute'));
});
