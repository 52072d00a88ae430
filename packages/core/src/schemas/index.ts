/** Zod schemas for plugins that use zod: what the definition and the options of kinds have in common. */
export {
  approvalTimeoutSchema,
  emailsSchema,
  hasOneAudience,
  oneAudienceOnly,
  topicSchema,
} from './approver-schemas.ts';
export { bucketNameSchema, keyArnSchema, roleArnSchema, secretIdSchema } from './aws-names.ts';
export {
  buildCacheSchema,
  buildImageSchema,
  buildTimeoutSchema,
  buildVpcSchema,
  computeTypeSchema,
  fileSystemsSchema,
  hasOnlyComments,
  localCacheSchema,
  loggingSchema,
  onlyComments,
  policyStatementSchema,
  s3CacheSchema,
} from './build-schemas.ts';
export { buildSpecSchema } from './build-spec-schema.ts';
export { outputReferenceSchema } from './output-reference-schema.ts';
export { exportsSchema, valueReferenceSchema } from './value-reference-schema.ts';
