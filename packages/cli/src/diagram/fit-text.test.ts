import { expect, test } from 'vitest';
import { fitText } from './fit-text.ts';

test.each([
  ['short', 10, 'short'],
  ['a-long-name-of-a-stack', 11, 'a-lon…stack'],
  ['中文中文中文', 7, '中文…文'],
  ['a\u202eb', 20, 'a\\u{202e}b'],
])('%j in %i cells is %j', (text, cells, shown) => expect(fitText(text, cells)).toBe(shown));
