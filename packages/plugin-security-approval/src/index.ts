/** The door of @cdkpipe/plugin-security-approval. */
import { definePlugin } from '@cdkpipe/core';
import { securityReviewOnCodePipeline } from './codepipeline-renderer.ts';
import { securityReviewKind } from './kind.ts';
import { securityReviewOnThisMachine } from './local-renderer.ts';

export default definePlugin({
  name: '@cdkpipe/plugin-security-approval',
  api: 1,
  kinds: [securityReviewKind],
  renderers: [securityReviewOnCodePipeline, securityReviewOnThisMachine],
});

export { securityReview } from './kind.ts';
export type { SecurityReviewInput, SecurityReviewOptions } from './options.ts';
