/** The shape of a source. */
import * as z from 'zod';
import {
  branchSchema,
  bucketNameSchema,
  codeCommitRepositorySchema,
  ecrRepositorySchema,
  imageTagSchema,
  keyArnSchema,
  objectKeySchema,
  roleArnSchema,
} from '../schemas/aws-names.ts';
import { closedObject } from '../schemas/closed-object.ts';

const text = z.string().min(1);
const repository = z
  .string()
  .regex(/^(?!(?:.*\/)?\.{1,2}(?:\/|$))[\w.~-]+(\/[\w.~-]+)+$/, 'expected "owner/name" of A-Z a-z 0-9 . _ ~ -');
const branch = branchSchema.default('main');

const patterns = closedObject({ include: z.array(text).optional(), exclude: z.array(text).optional() });
const triggers = closedObject({
  push: z
    .array(closedObject({ branches: patterns.optional(), paths: patterns.optional(), tags: patterns.optional() }))
    .optional(),
  pullRequests: z
    .array(
      closedObject({
        events: z.array(z.enum(['opened', 'updated', 'closed'])).optional(),
        branches: patterns.optional(),
        paths: patterns.optional(),
      }),
    )
    .optional(),
});

export const sourceSchema = z.discriminatedUnion('type', [
  closedObject({
    type: z.literal('connection'),
    repository,
    branch,
    connectionArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:(codeconnections|codestar-connections):[a-z]{2,4}(-[a-z]+)+-\d{1,2}:\d{12}:connection\/[\w-]+$/,
        'expected the ARN of a connection, "arn:aws:codeconnections:REGION:ACCOUNT:connection/ID"',
      ),
    fullClone: z.boolean().default(false),
    trigger: z.enum(['push', 'none']).optional(),
    triggers: triggers.optional(),
  }),
  closedObject({
    type: z.literal('github'),
    repository,
    branch,
    tokenSecret: text.default('github-token'),
    trigger: z.enum(['webhook', 'poll', 'none']).optional(),
  }),
  closedObject({
    type: z.literal('codeCommit'),
    repository: codeCommitRepositorySchema,
    branch,
    fullClone: z.boolean().optional(),
    trigger: z.enum(['event', 'poll', 'none']).optional(),
    eventRole: roleArnSchema.optional(),
  }),
  closedObject({
    type: z.literal('s3'),
    bucket: bucketNameSchema,
    key: objectKeySchema,
    encryptionKey: keyArnSchema.optional(),
    trigger: z.enum(['event', 'poll', 'none']).optional(),
  }),
  closedObject({
    type: z.literal('ecr'),
    repository: ecrRepositorySchema,
    tag: imageTagSchema.default('latest'),
    trigger: z.enum(['event', 'none']).optional(),
  }),
]);
