/** The kind `kindName`: expressed by other kinds, it works on every backend that draws those. */
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
  lower: ({ url, question = 'Is all well?' }) => [
    // Values reach a shell by its environment, never as text of a command.
    { kind: 'codebuild', name: 'Answers', options: { commands: ['curl --fail --silent "$URL"'], env: { URL: url } } },
    { kind: 'manual', name: 'Confirm', options: { comment: question, link: url } },
  ],
});

/**
 * A page answers, and a person confirms.
 *
 * @param name of the step
 * @param options `url`; where wanted, `question`
 */
export const kindName = stepHelper(kind);
