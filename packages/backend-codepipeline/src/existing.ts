/** What an author brings instead of having it drawn: roles and artifact stores. Nothing is added to their policies. */
import { isRegion } from '@cdkpipe/core';
import { keyArnSchema } from '@cdkpipe/core/schemas';
import { z } from 'zod';

const role = z.string().regex(/^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'expected the ARN of a role');

const store = z.strictObject({
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of a bucket'),
  /** Needed where roles of other accounts read from the bucket. */
  key: keyArnSchema.optional(),
});

export const existingSchema = z
  .strictObject({
    /** Role of the pipeline itself. */
    pipelineRole: role,
    /** Roles of CodeBuild projects, by what they do. */
    projectRoles: z.strictObject({ build: role, steps: role, assets: role, selfUpdate: role }).partial(),
    /** Artifact stores by region. */
    artifacts: z.record(z.string().refine(isRegion, 'expected a region'), store),
  })
  .partial();

export type Existing = z.output<typeof existingSchema>;
export type ExistingStore = z.output<typeof store>;
