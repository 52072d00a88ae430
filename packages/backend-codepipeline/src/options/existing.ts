/** What an author brings instead of having it drawn: roles and artifact stores. Nothing is added to their policies. */
import { isRegion } from '@cdkpipe/core';
import { bucketNameSchema, keyArnSchema, roleArnSchema } from '@cdkpipe/core/schemas';
import { z } from 'zod';

const store = z.strictObject({
  bucket: bucketNameSchema,
  /** Needed where roles of other accounts read from the bucket. */
  key: keyArnSchema.optional(),
});

export const existingSchema = z
  .strictObject({
    /** Role of the pipeline itself. */
    pipelineRole: roleArnSchema,
    /** Roles of CodeBuild projects, by what they do. */
    projectRoles: z
      .strictObject({ build: roleArnSchema, steps: roleArnSchema, assets: roleArnSchema, selfUpdate: roleArnSchema })
      .partial(),
    /** Artifact stores by region. */
    artifacts: z.record(z.string().refine(isRegion, 'expected a region'), store),
  })
  .partial();

export type Existing = z.output<typeof existingSchema>;
export type ExistingStore = z.output<typeof store>;
