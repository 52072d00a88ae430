/** Runs `securityReview` on this machine: a question that is put only where the changes have findings. */
import type { LocalContext, LocalQuestion } from '@cdkpipe/backend-local';
import { defineRenderer } from '@cdkpipe/core';
import { concernsOf } from './concerns.ts';
import type { SecurityReviewOptions } from './options.ts';

export const securityReviewOnThisMachine = defineRenderer<SecurityReviewOptions, LocalContext, LocalQuestion>({
  backend: 'local',
  kind: 'securityReview',
  render({ options }) {
    const { comment, timeout } = options;
    return {
      type: 'question',
      passUnless: concernsOf(options),
      ...(comment === undefined ? {} : { comment }),
      ...(timeout === undefined ? {} : { timeout }),
    };
  },
});
