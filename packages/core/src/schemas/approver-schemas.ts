/** Schemas that kinds share whose steps wait for a person. */
import * as z from 'zod';

export const topicSchema = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
    'expected the ARN of a standard topic, "arn:aws:sns:REGION:ACCOUNT:NAME"',
  )
  .describe("ARN of an existing SNS topic, in the pipeline's region, that is told when the step begins.");

export const emailsSchema = z
  .array(z.email('expected an e-mail address').max(320).describe('An e-mail address.'))
  .min(1)
  .refine(areDistinct, 'expected each address once')
  .describe('Addresses that are told when the step begins; each must confirm the subscription once.');

export const approvalTimeoutSchema = z
  .int()
  .min(5)
  .max(86_400)
  .describe('Minutes to wait for a person before the approval counts as rejected, 5 to 86,400; by default 7 days.');

/** A topic has subscribers of its own; for a schema's `refine`, with {@link oneAudienceOnly}. */
export function hasOneAudience(options: { readonly topic?: unknown; readonly emails?: unknown }): boolean {
  return options.topic === undefined || options.emails === undefined;
}

export const oneAudienceOnly = {
  path: ['emails'],
  error: '`topic` and `emails` exclude each other: subscribe the addresses to the topic, or leave the topic out',
};

function areDistinct(addresses: readonly string[]): boolean {
  return new Set(addresses.map((address) => address.toLowerCase())).size === addresses.length;
}
