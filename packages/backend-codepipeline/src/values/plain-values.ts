/** Which values consist of characters that cannot end a text in JSON. */
import type { ValueReference } from '@cdkpipe/core';

/**
 * Attributes whose characters are known: hexadecimal digits of commits and digests, S3's entity tags and version IDs, IDs of
 * accounts, and names of repositories and tags, which CodeCommit, ECR and GitHub limit to letters, digits and `. _ - /`.
 * Branches are not among them, as Git allows `"` in their names (https://git-scm.com/docs/git-check-ref-format), nor are
 * messages, and nothing is promised of dates and addresses of commits.
 * Source: "Output variables" in https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
const plain: ReadonlySet<string> = new Set([
  'commitId',
  'repository',
  'etag',
  'versionId',
  'digest',
  'imageUri',
  'tag',
  'registryId',
]);

/** True for every value that others can choose: outputs, exported variables, variables of the pipeline, text of commits. */
export function mayHoldQuotes(reference: ValueReference): boolean {
  return reference.$ref !== 'source' || !plain.has(reference.attribute);
}
