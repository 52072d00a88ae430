/** Text of an author that AWS would not take as it is. */
import type { Problem } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const textIsResolved = (option: string, found: '#{' | '{{resolve:', place: Place): Problem => ({
  code: 'TEXT_WOULD_BE_RESOLVED',
  message: `"${option}" contains "${found}", which ${found === '#{' ? 'CodePipeline' : 'CloudFormation'} would replace and which cannot be escaped`,
  fix:
    found === '#{'
      ? 'write the text without "#{", or use output(stack, name) for the value of an output'
      : 'refer to a secret with { type: "SECRETS_MANAGER" or "PARAMETER_STORE", value } instead',
  ...at(place),
});

export const textIsToken = (option: string, place: Place): Problem => ({
  code: 'TEXT_IS_TOKEN',
  message: `"${option}" contains a CDK token, which has no value in the pipeline's stack`,
  fix: 'use output(stack, name) for values that only exist after a deployment',
  ...at(place),
});

export const environmentNameInvalid = (name: string, place: Place): Problem => ({
  code: 'ENV_NAME_INVALID',
  message: `"${name}" cannot be the name of an environment variable`,
  fix: 'use letters, digits and _, not starting with a digit, CODEBUILD_ or CDKPIPE_',
  ...at(place),
});

export const environmentTooLong = (length: number, max: number, names: readonly string[], place: Place): Problem => ({
  code: 'ENV_TOO_LONG',
  message: `the variables with resolved values (${names.join(', ')}) take ${length} characters of action configuration, ${length - max} more than ${max}`,
  fix: 'pass fewer values to one step, or give the variables shorter names',
  ...at(place),
});

export const secretReferenceInvalid = (variable: string, value: string, place: Place): Problem => ({
  code: 'SECRET_REFERENCE_INVALID',
  message: `the variable "${variable}" refers to "${value}", which is no name of a secret or parameter`,
  fix: 'use a name or ARN of letters, digits and / _ + = . @ - (and :json-key after a secret)',
  ...at(place),
});

export const freeTextInEnvironment = (variable: string, reference: string, place: Place): Problem => ({
  code: 'FREE_TEXT_IN_ENVIRONMENT',
  message: `the variable "${variable}" holds ${reference}, whose text CodePipeline would paste into the JSON of all variables, where quotation marks in it could add others`,
  fix: 'use an image of CodeBuild (aws/codebuild/...), in which the build looks the value up',
  ...at(place),
});
