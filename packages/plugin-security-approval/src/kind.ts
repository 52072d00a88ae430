/** The kind `securityReview`, apart from any backend. */
import { defineKind, stepHelper } from '@cdkpipe/core';
import { securityReviewOptions } from './options.ts';

export const securityReviewKind = defineKind({
  name: 'securityReview',
  summary: 'A person decides when permissions broaden or data is at risk; else it passes.',
  options: securityReviewOptions,
  positions: ['change'],
  changeable: ['comment', 'topic', 'emails', 'timeout'],
  examples: [
    { title: 'Ask when permissions broaden or a stateful resource is at risk', options: {} },
    {
      title: 'Look at permissions only, and tell the security team',
      options: { stateful: false, emails: ['security@example.com'], timeout: 1440 },
    },
    {
      title: 'Tell an existing topic',
      options: { comment: 'See the runbook.', topic: 'arn:aws:sns:eu-west-1:111111111111:security' },
    },
  ],
  // Where nothing can tell whether it may pass, a person always decides.
  lower({ permissions: _permissions, stateful: _stateful, ...asked }) {
    return { kind: 'manual', name: 'Decide', options: asked };
  },
});

/**
 * Passes by itself unless permissions broaden or a stateful resource would be replaced or deleted; else a person decides,
 * with the findings in the approval's text. Stands in a deployment's `changes`.
 *
 * @param name of the step
 * @param options `permissions`, `stateful` (which findings count; both by default), `comment`, `topic` or `emails`,
 *   `timeout` (minutes); all optional
 */
export const securityReview = stepHelper(securityReviewKind);
