/** The five sources an author can name. */

import type { CodeCommitSource, ConnectionSource, EcrSource, GitHubSource, S3Source } from '../model/source.ts';
import type { SourceAttribute } from '../model/source-attributes.ts';
import type { SourceReference } from '../model/value-reference.ts';

/** A source as written: what has a default may be left out. */
export type SourceDefinition =
  | (Omit<Defaulted<ConnectionSource, 'branch' | 'fullClone'>, 'trigger'> & { readonly trigger?: 'push' | 'none' })
  | Defaulted<GitHubSource, 'branch' | 'tokenSecret' | 'trigger'>
  | Defaulted<CodeCommitSource, 'branch' | 'trigger'>
  | Defaulted<S3Source, 'trigger'>
  | Defaulted<EcrSource, 'tag' | 'trigger'>;

type Defaulted<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;
type Options<T, Given extends keyof T> = Omit<T, 'type' | Given>;
type Of<Type extends SourceDefinition['type']> = Extract<SourceDefinition, { type: Type }>;

export const source = {
  /**
   * A repository behind an AWS CodeConnections connection; a push to the branch starts the pipeline.
   *
   * @param repository `owner/name`
   * @param options `branch` (default `main`), `connectionArn`, `fullClone` (default false), and what starts a run:
   *   `trigger` (default `push`: every push to the branch) or `triggers` with filters for pushes and pull requests
   */
  connection: (repository: string, options: Options<Of<'connection'>, 'repository'>): SourceDefinition => ({
    type: 'connection',
    repository,
    ...options,
  }),
  /**
   * A GitHub repository reached with an OAuth token.
   *
   * @param repository `owner/name`
   * @param options `branch` (default `main`), `tokenSecret` (default `github-token`), `trigger` (default `webhook`)
   */
  github: (repository: string, options: Options<Of<'github'>, 'repository'> = {}): SourceDefinition => ({
    type: 'github',
    repository,
    ...options,
  }),
  /**
   * A CodeCommit repository of the pipeline's account and region.
   *
   * @param options `branch` (default `main`), `trigger` (default `event`), `eventRole` (ARN of an existing role with
   *   which EventBridge starts the pipeline; one is made by default)
   */
  codeCommit: (repository: string, options: Options<Of<'codeCommit'>, 'repository'> = {}): SourceDefinition => ({
    type: 'codeCommit',
    repository,
    ...options,
  }),
  /**
   * A ZIP object in a versioned bucket.
   *
   * @param options `trigger` (default `event`, for which the bucket must be in the pipeline's account and region and send its
   *   events to EventBridge; `poll` for other buckets), `encryptionKey` (ARN of the KMS key that encrypts the object, where it
   *   is one of your own)
   */
  s3: (bucket: string, key: string, options: Options<Of<'s3'>, 'bucket' | 'key'> = {}): SourceDefinition => ({
    type: 's3',
    bucket,
    key,
    ...options,
  }),
  /** An image in ECR, handed on as `imageDetail.json`; `tag` defaults to `latest`, `trigger` to `event`. */
  ecr: (repository: string, options: Options<Of<'ecr'>, 'repository'> = {}): SourceDefinition => ({
    type: 'ecr',
    repository,
    ...options,
  }),
  /**
   * What a run knows of a source, for example its commit; usable wherever `output(...)` is, and before that.
   *
   * @param attribute `commitId`, `commitMessage`, `branch`, `repository`, `authorDate` of a commit, with `committerDate`
   *   (github, codeCommit) and `commitUrl` (github); `etag`, `versionId` of an object; `digest`, `imageUri`, `tag`,
   *   `repository`, `registryId` of an image
   * @param directory of an additional source; the main one when left out
   */
  attribute: (attribute: SourceAttribute, directory?: string): SourceReference => ({
    $ref: 'source',
    attribute,
    ...(directory === undefined ? {} : { directory }),
  }),
};
