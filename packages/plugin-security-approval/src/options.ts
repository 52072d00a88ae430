/** The options of `securityReview`: the type, the check at run time and the docs come from this schema. */
import {
  approvalTimeoutSchema,
  emailsSchema,
  hasOneAudience,
  oneAudienceOnly,
  topicSchema,
} from '@cdkpipe/core/schemas';
import * as z from 'zod';

/** Beside what would change, CodePipeline shows no more; the backend refuses what is too long for one approval. */
const longestComment = 1_000;

export const securityReviewOptions = z
  .strictObject({
    permissions: z
      .boolean()
      .optional()
      .describe('Whether a person decides when IAM policies, trust or security groups broaden. By default true.'),
    stateful: z
      .boolean()
      .optional()
      .describe('Whether a person decides when a stateful resource would be replaced or deleted. By default true.'),
    comment: z.string().min(1).max(longestComment).optional().describe('What the approver should know.'),
    topic: topicSchema.optional(),
    emails: emailsSchema.optional(),
    timeout: approvalTimeoutSchema.optional(),
  })
  .refine(hasOneAudience, oneAudienceOnly)
  .refine((options) => options.permissions !== false || options.stateful !== false, {
    path: ['stateful'],
    error: 'a review of neither permissions nor stateful resources reviews nothing; let one of them be true',
  })
  .describe('Passes by itself unless permissions broaden or a stateful resource is at risk; else a person decides.');

export type SecurityReviewInput = z.input<typeof securityReviewOptions>;
export type SecurityReviewOptions = z.output<typeof securityReviewOptions>;
