/** The kind `manual`, apart from any backend. */
import { defineKind, stepHelper } from '@cdkpipe/core';
import { manualOptions } from './options.ts';

export const manualKind = defineKind({
  name: 'manual',
  summary: 'A person approves or rejects.',
  options: manualOptions,
  positions: ['change', 'approval', 'wave'],
  changeable: ['comment', 'link', 'topic', 'emails', 'timeout'],
  examples: [
    { title: 'Wait for a decision', options: {} },
    {
      title: 'Tell two people, with a link to what was deployed',
      options: {
        comment: ['Look at ', { $ref: 'output', stack: 'Orders', name: 'Url' }, ' before Europe follows.'],
        link: { $ref: 'output', stack: 'Orders', name: 'Url' },
        emails: ['release@example.com', 'orders@example.com'],
        timeout: 2880,
      },
    },
    { title: 'In `changes`: ask nobody when nothing changes', options: { passIfUnchanged: true } },
    {
      title: 'Two of three people must approve, with cdkpipe run',
      options: { approvers: { count: 2, of: ['ada', 'grace', 'linus'] } },
    },
    {
      title: 'Publish to an existing topic',
      options: { comment: 'Read the change sets.', topic: 'arn:aws:sns:eu-west-1:111111111111:releases' },
    },
  ],
});

/**
 * A person approves or rejects.
 *
 * @param name of the step
 * @param options `comment`, `link`, `topic` or `emails`, `timeout` (minutes), `passIfUnchanged`, `approvers`; all optional
 */
export const manual = stepHelper(manualKind);
