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

export const roleOptionsUnsupported = (
  what: string,
  stack: string,
  options: readonly string[],
  place: Place,
): Problem => ({
  code: 'ROLE_OPTIONS_UNSUPPORTED',
  message: `the ${what} role of the stack "${stack}" is to be assumed with ${options.join(', ')}, and the pipeline gives no such thing`,
  fix: `leave \`${what}RoleAdditionalOptions\` out, or name a role that trusts the pipeline without them`,
  ...at(place),
});

export const parameterWithoutValue = (stack: string, names: readonly string[], place: Place): Problem => ({
  code: 'PARAMETER_WITHOUT_VALUE',
  message: `the stack "${stack}" has ${names.length === 1 ? 'a parameter' : 'parameters'} without a default, ${names.map((name) => `"${name}"`).join(', ')}, and nobody gives ${names.length === 1 ? 'it a value' : 'them values'} in a pipeline`,
  fix: 'give each a default, or write the value into the stack in place of the parameter',
  ...at(place),
});

export const rolePlaceholderUnknown = (arn: string, place: Place): Problem => ({
  code: 'ROLE_PLACEHOLDER_UNKNOWN',
  message: `the role "${arn}" has a placeholder that only the CDK CLI can fill`,
  fix: 'give the deployment an env with account and region',
  ...at(place),
});

export const arnOfOtherPartition = (arn: string, partition: string, home: string, place: Place): Problem => ({
  code: 'ARN_OF_OTHER_PARTITION',
  message: `"${arn}" is in another partition of AWS than the pipeline, whose region "${home}" is in ${partition}`,
  fix: `name something that is in ${partition}; nothing can be reached across partitions`,
  ...at(place),
});

export const partitionForeign = (region: string, home: string, place: Place): Problem => ({
  code: 'PARTITION_FOREIGN',
  message: `the region "${region}" is in another partition of AWS than the pipeline's "${home}"`,
  fix: 'make one pipeline for each partition; roles cannot be assumed across them',
  ...at(place),
});
