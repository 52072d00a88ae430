/** What exists already and cannot be used as it is. */
import type { Problem } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const existingRoleUnchanged = (role: string, place: Place): Problem => ({
  code: 'EXISTING_ROLE_UNCHANGED',
  message: `"${place.node}" has a \`rolePolicy\`, and its role "${role}" exists and is not changed`,
  fix: 'leave out `rolePolicy` and allow it in that role, or leave the role to cdkpipe',
  ...at(place),
});

export const existingBucketWithoutKey = (region: string, bucket: string): Problem => ({
  code: 'EXISTING_BUCKET_WITHOUT_KEY',
  message: `roles of other accounts read artifacts in "${region}", and the existing bucket "${bucket}" has no key that they could use`,
  path: 'backends.codepipeline.existing.artifacts',
  fix: 'add `key`, the ARN of a KMS key whose policy lets those roles decrypt',
});

export const existingElsewhere = (what: string, where: string, path: string): Problem => ({
  code: 'EXISTING_ELSEWHERE',
  message: `${what} is not of ${where}`,
  path,
  fix: `name one of ${where}`,
});

export const pipelineNotMade = (why: string, fix: string): Problem => ({
  code: 'PIPELINE_NOT_MADE',
  message: `the function \`pipeline\` did not make the pipeline: ${why}`,
  path: 'backends.codepipeline.pipeline',
  fix,
});

export const authorFailed = (option: 'customize' | 'pipeline', reason: string): Problem => ({
  code: 'AUTHOR_FUNCTION_FAILED',
  message: `the function \`${option}\` threw: ${reason}`,
  path: `backends.codepipeline.${option}`,
  fix: 'mend the error in it',
});
