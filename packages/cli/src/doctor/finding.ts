/** What `cdkpipe doctor` found out about one thing. */

export type FindingStatus = 'ok' | 'warning' | 'failure' | 'skipped';

export interface Finding {
  /** What was looked at, for example `aws-cdk-lib` or `bootstrap`. */
  readonly check: string;
  /** Which of several, for example `222222222222/eu-west-1`. */
  readonly subject?: string;
  readonly status: FindingStatus;
  /** What was found: lower case, no full stop. */
  readonly message: string;
  /** A command to copy, or where there is none what to do. */
  readonly fix?: string;
  /** Code of the error where it is one of the catalogue. */
  readonly code?: string;
}
