/** The kind `kindName`, apart from any backend. */
import { defineKind, stepHelper } from '@cdkpipe/core';
import { options } from './options.ts';

export const kind = defineKind({
  name: 'kindName',
  summary: 'A page answers, and a person confirms.',
  options,
  positions: ['approval'],
  examples: [
    { title: 'Look at the start page', options: { url: 'https://example.com/' } },
    { title: 'Ask something else', options: { url: 'https://example.com/', question: 'Are the prices right?' } },
  ],
});

/**
 * A page answers, and a person confirms.
 *
 * @param name of the step
 * @param options `url`; where wanted, `question`
 */
export const kindName = stepHelper(kind);
