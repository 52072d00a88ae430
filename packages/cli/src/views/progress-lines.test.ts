import { expect, test } from 'vitest';
import { progressLines } from './progress-lines.ts';

test('without a terminal each phase is one line, once it is over', () => {
  const lines: string[] = [];
  const { observe } = progressLines((line) => lines.push(line));
  observe({ type: 'phaseStart', phase: 'configure' });
  expect(lines).toEqual([]);
  observe({ type: 'phaseEnd', phase: 'configure', summary: 'cdkpipe.config.ts' });
  observe({ type: 'phaseStart', phase: 'model' });
  observe({ type: 'phaseEnd', phase: 'model', summary: '3 waves' });
  expect(lines).toEqual(['configure: cdkpipe.config.ts', 'model: 3 waves']);
});
