/** Zod schemas for plugins that use zod: what the definition and the options of kinds have in common. */
export {
  approvalTimeoutSchema,
  emailsSchema,
  hasOneAudience,
  oneAudienceOnly,
  topicSchema,
} from './approver-schemas.ts';
export {
  buildTimeoutSchema,
  buildVpcSchema,
  computeTypeSchema,
  policyStatementSchema,
  s3CacheSchema,
} from './build-schemas.ts';
export { outputReferenceSchema } from './output-reference-schema.ts';
export { exportsSchema, valueReferenceSchema } from './value-reference-schema.ts';
