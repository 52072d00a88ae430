/** The door of @cdkpipe/plugin-security-approval. */
import { definePlugin } from '@cdkpipe/core';
import { securityReviewOnCodePipeline } from './codepipeline-renderer.ts';
import { securityReviewKind } from './kind.ts';

export default definePlugin({
  name: '@cdkpipe/plugin-security-approval',
  api: 1,
  kinds: [securityReviewKind],
  renderers: [securityReviewOnCodePipeline],
});

export { securityReview } from './kind.ts';
export type { SecurityReviewInput, SecurityReviewOptions } from './options.ts';
