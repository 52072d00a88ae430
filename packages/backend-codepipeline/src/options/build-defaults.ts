/** Project-wide defaults of CodeBuild projects, as an author writes them. */
import {
  buildCacheSchema,
  buildImageSchema,
  buildSpecSchema,
  buildTimeoutSchema,
  buildVpcSchema,
  computeTypeSchema,
  fileSystemsSchema,
  loggingSchema,
  policyStatementSchema,
} from '@cdkpipe/core/schemas';
import { z } from 'zod';

const reference = z.strictObject({ type: z.enum(['SECRETS_MANAGER', 'PARAMETER_STORE']), value: z.string().min(1) });

const layer = z
  .strictObject({
    image: buildImageSchema,
    computeType: computeTypeSchema,
    privileged: z.boolean(),
    cache: buildCacheSchema,
    vpc: buildVpcSchema,
    fileSystems: fileSystemsSchema,
    logging: loggingSchema,
    timeout: buildTimeoutSchema,
    buildSpec: buildSpecSchema,
    /** Texts, or secrets and parameters as CodeBuild names them. */
    env: z.record(z.string(), z.union([z.string(), reference], { error: 'expected text, or { type, value }' })),
    rolePolicy: z.array(policyStatementSchema),
  })
  .partial();

export const codeBuildDefaultsSchema = z
  .strictObject({
    /** For every project. */
    all: layer,
    /** For the build that makes the cloud assembly. */
    build: layer,
    /** For steps that run commands: around the build, before waves, in change approvals and approvals. */
    steps: layer,
    /** For publishers; whether they are privileged follows from what they publish. */
    assets: layer.omit({ privileged: true }),
    /** For the project that updates the pipeline. */
    selfUpdate: layer,
  })
  .partial();

export type CodeBuildDefaults = z.output<typeof codeBuildDefaultsSchema>;
