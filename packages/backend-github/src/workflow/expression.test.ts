import { expect, test } from 'vitest';
import { expression, literalText, quoted } from './expression.ts';

test('a text of others that looks like an expression stands for itself', () => {
  expect(literalText('a ${{ secrets.KEY }} b')).toBe("a ${{ '${{' }} secrets.KEY }} b");
});

test('other text is left as it is', () => {
  expect(literalText('$HOME $(x) {{ y }} $ {{')).toBe('$HOME $(x) {{ y }} $ {{');
});

test('a quote in a literal is doubled, so that it cannot end it', () => {
  expect(expression(`inputs.a || ${quoted("x' || secrets.KEY || '")}`)).toBe(
    "${{ inputs.a || 'x'' || secrets.KEY || ''' }}",
  );
});
