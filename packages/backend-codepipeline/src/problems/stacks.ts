/** Stacks that the pipeline cannot deploy. */
import type { Problem } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const stackNameTaken = (stack: string, holder: string, place: Place): Problem => ({
  code: 'STACK_NAME_TAKEN',
  message: `${holder} would take the name of the pipeline's own stack, "${stack}"`,
  fix: 'rename it, or the pipeline',
  ...at(place),
});

export const deployRoleMissing = (stack: string, place: Place): Problem => ({
  code: 'DEPLOY_ROLE_MISSING',
  message: `the stack "${stack}" names no bootstrap role to deploy it with`,
  fix: 'let it use the DefaultStackSynthesizer, the CDK default',
  ...at(place),
});

export const externalIdUnsupported = (stack: string, place: Place): Problem => ({
  code: 'EXTERNAL_ID_UNSUPPORTED',
  message: `the deploy role of the stack "${stack}" wants an external ID, and CodePipeline gives none when it assumes a role`,
  fix: 'leave `deployRoleExternalId` out, or name a deploy role that trusts the pipeline without one',
  ...at(place),
});

export const rolePlaceholderUnknown = (arn: string, place: Place): Problem => ({
  code: 'ROLE_PLACEHOLDER_UNKNOWN',
  message: `the role "${arn}" has a placeholder that only the CDK CLI can fill`,
  fix: 'give the deployment an env with account and region',
  ...at(place),
});

export const partitionForeign = (region: string, home: string, place: Place): Problem => ({
  code: 'PARTITION_FOREIGN',
  message: `the region "${region}" is in another partition of AWS than the pipeline's "${home}"`,
  fix: 'make one pipeline for each partition; roles cannot be assumed across them',
  ...at(place),
});
