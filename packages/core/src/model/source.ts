/** Where the code comes from: the five kinds of source a pipeline can start with. */

/** A repository behind an AWS CodeConnections connection (GitHub, GitLab, Bitbucket, Azure DevOps). */
export interface ConnectionSource {
  readonly type: 'connection';
  /** `owner/name`, with further groups for GitLab. */
  readonly repository: string;
  readonly branch: string;
  readonly connectionArn: string;
  /** Hand the build a full git clone instead of a ZIP without history. */
  readonly fullClone: boolean;
  /** Every push to `branch`, what `triggers` says, or nothing. */
  readonly trigger: 'push' | 'filters' | 'none';
  /** Present where `trigger` is `filters`. */
  readonly triggers?: SourceTriggers | undefined;
}

/** What starts a run; any filter of either list is enough. */
export interface SourceTriggers {
  readonly push?: readonly PushFilter[] | undefined;
  readonly pullRequests?: readonly PullRequestFilter[] | undefined;
}

/** Glob patterns; what one of `exclude` matches is out, whatever `include` says. */
export interface Patterns {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** A push of a tag, or to a branch where the changed files match too. */
export interface PushFilter {
  readonly tags?: Patterns | undefined;
  readonly branches?: Patterns | undefined;
  readonly paths?: Patterns | undefined;
}

/** An event of a pull request into a branch where the changed files match too. */
export interface PullRequestFilter {
  /** All when absent; `closed` is a merge, too. */
  readonly events?: readonly ('opened' | 'updated' | 'closed')[] | undefined;
  readonly branches?: Patterns | undefined;
  readonly paths?: Patterns | undefined;
}

/** A GitHub repository reached with an OAuth token that lives in Secrets Manager. */
export interface GitHubSource {
  readonly type: 'github';
  readonly repository: string;
  readonly branch: string;
  /** Name of the Secrets Manager secret that holds the token. */
  readonly tokenSecret: string;
  readonly trigger: 'webhook' | 'poll' | 'none';
}

export interface CodeCommitSource {
  readonly type: 'codeCommit';
  readonly repository: string;
  readonly branch: string;
  /** Hand the build a full git clone instead of a ZIP without history. */
  readonly fullClone?: boolean | undefined;
  readonly trigger: 'event' | 'poll' | 'none';
  /** ARN of an existing role with which the event starts the pipeline; one is made when absent. */
  readonly eventRole?: string | undefined;
}

/** A ZIP object in a versioned bucket. */
export interface S3Source {
  readonly type: 's3';
  readonly bucket: string;
  readonly key: string;
  /** ARN of the KMS key that encrypts the object, where that is not one of AWS's own. */
  readonly encryptionKey?: string | undefined;
  /** `event` needs a bucket of the pipeline's account and region that sends its events to EventBridge. */
  readonly trigger: 'event' | 'poll' | 'none';
}

/** An image in ECR; what is fetched is `imageDetail.json`. */
export interface EcrSource {
  readonly type: 'ecr';
  readonly repository: string;
  readonly tag: string;
  readonly trigger: 'event' | 'none';
}

export type Source = ConnectionSource | GitHubSource | CodeCommitSource | S3Source | EcrSource;

/** A source that is fetched beside the main one and never triggers. */
export interface AdditionalSource {
  /** Directory of the build's workspace it is laid in, relative, with `/`. */
  readonly directory: string;
  readonly source: Source;
}
