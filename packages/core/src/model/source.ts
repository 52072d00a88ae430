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
  readonly trigger: 'push' | 'none';
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
  readonly trigger: 'event' | 'poll' | 'none';
}

/** A ZIP object in a versioned bucket. */
export interface S3Source {
  readonly type: 's3';
  readonly bucket: string;
  readonly key: string;
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
