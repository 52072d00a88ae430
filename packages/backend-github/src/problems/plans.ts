/** What of a plan GitHub Actions cannot honour, and what to do instead. */
import type { Problem } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const sourceUnsupported = (type: string, place: Place): Problem => ({
  code: 'SOURCE_UNSUPPORTED',
  message: `a workflow of GitHub starts from its own repository, and fetches others from GitHub, S3 and ECR; the source is of type "${type}"`,
  fix: 'use `source.connection` or `source.github` with a repository of GitHub, or another backend',
  ...at(place),
});

export const repositoryUnknown = (place: Place): Problem => ({
  code: 'REPOSITORY_UNKNOWN',
  message: 'roles can trust one repository of GitHub only, and the definition does not say which',
  fix: 'set `backends.github.repository` to { owner, name }',
  ...at(place),
});

export const repositoryDiffers = (source: string, option: string, place: Place): Problem => ({
  code: 'REPOSITORY_DIFFERS',
  message: `the source is "${source}", and \`backends.github.repository\` is "${option}"; a workflow builds the repository that it is in`,
  fix: 'name the same repository in both, or leave `backends.github.repository` out',
  ...at(place),
});

export const patternUnsupported = (pattern: string, place: Place): Problem => ({
  code: 'PATTERN_UNSUPPORTED',
  message: `the pattern ${JSON.stringify(pattern)} means something else on GitHub, or cannot be said in the trust of a role`,
  fix: 'use letters, digits, `.`, `_`, `-`, `/`, `*` and `**` only',
  ...at(place),
});

export const filtersTooMany = (what: string, place: Place): Problem => ({
  code: 'FILTERS_TOO_MANY',
  message: `GitHub joins all filters of ${what} into one, so that a run would start that none of them allows`,
  fix: 'write one filter, or two pipelines',
  ...at(place),
});

export const pullRequestNeedsCredentials = (directory: string, place: Place): Problem => ({
  code: 'PULL_REQUEST_NEEDS_CREDENTIALS',
  message: `a run of a pull request gets no credentials, and the additional source "${directory}" needs them`,
  fix: 'remove `triggers.pullRequests`, or take the source from GitHub',
  ...at(place),
});

export const settingUnsupported = (setting: string, fix: string, place: Place): Problem => ({
  code: 'BUILD_SETTING_UNSUPPORTED',
  message: `a runner of GitHub cannot honour \`${setting}\``,
  fix,
  ...at(place),
});

export const variableReserved = (name: string, place: Place): Problem => ({
  code: 'VARIABLE_RESERVED',
  message: `the environment variable ${name} belongs to GitHub or to cdkpipe, and would not have the value that it is given`,
  fix: 'use a name that begins with none of GITHUB_, RUNNER_, ACTIONS_ and CDKPIPE_',
  ...at(place),
});

export const valueUnsupported = (reference: string, place: Place): Problem => ({
  code: 'VALUE_UNSUPPORTED',
  message: `a run on GitHub does not know ${reference}`,
  fix: 'use `commitId`, `branch`, `repository`, `commitMessage` or `authorDate` of the main source',
  ...at(place),
});

export const executionRoleMissing = (stack: string, deployment: string): Problem => ({
  code: 'EXECUTION_ROLE_MISSING',
  message: `the stack "${stack}" of "${deployment}" names no role for CloudFormation, so whoever executes its change set would need all rights of the stack`,
  fix: 'use the default synthesizer of the CDK, or set its `cloudFormationExecutionRole`',
});
