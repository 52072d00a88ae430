/** Names in AWS that become part of an ARN in a statement: what IAM or CloudFormation would take for more is refused. */
import * as z from 'zod';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, with what it reserves at the begin and end. */
/** Of general purpose buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketNameSchema = z
  .string()
  .regex(
    /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)(?!xn--|sthree-|amzn-s3-demo-)(?!.*(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'expected the name of a bucket: 3 to 63 of a-z 0-9 . -, without two dots in a row, not like an IP address, and with no beginning or end that S3 reserves',
  );

/** `*`, `?` and `${` are patterns in a statement; the others S3 advises against, too. */
export const objectKeySchema = z
  .string()
  .regex(/^[^*?${}#\\\p{Cc}]+$/u, 'expected a key without * ? $ { } # \\ and control characters');

/** An alias may point elsewhere tomorrow, and names nothing in a statement. */
export const keyArnSchema = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}:\d{12}:key\/[\w-]+$/,
    'expected the ARN of a key, not of an alias',
  );

export const roleArnSchema = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    'expected the ARN of a role, "arn:aws:iam::ACCOUNT:role/NAME"',
  );

/** Without wildcards. */
export const secretIdSchema = z
  .string()
  .regex(
    /^(arn:aws[a-z-]*:secretsmanager:[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}:\d{12}:secret:)?[A-Za-z0-9/_+=.@-]{1,512}$/,
    'expected the name or ARN of a secret',
  );

/** 1 to 100 characters: CodeCommit's API reference, `repositoryName`. */
export const codeCommitRepositorySchema = z
  .string()
  .regex(/^[\w.-]{1,100}$/, 'expected the name of a repository: 1 to 100 of A-Z a-z 0-9 . _ -');

export const ecrRepositorySchema = z
  .string()
  .regex(/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/, 'expected the name of a repository: a-z 0-9, with . _ - / between')
  .min(2)
  .max(256);

export const imageTagSchema = z
  .string()
  .regex(/^\w[\w.-]{0,127}$/, 'expected a tag: 1 to 128 of A-Z a-z 0-9 . _ -, not beginning with . or -');

export const imageNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][\w.:/@-]*$/, 'expected the name of a docker image')
  .max(512);

/** What git takes for a branch: https://git-scm.com/docs/git-check-ref-format */
export const branchSchema = z
  .string()
  .regex(
    /^(?![-/]|@$)(?!.*(?:\.\.|\/\/|@\{|[/.]$))(?!(?:.*\/)?\.)(?!.*\.lock(?:\/|$))[^\s\p{Cc}~^:?*[\\]+$/u,
    'expected the name of one branch as git takes it, without spaces and ~ ^ : ? * [ \\; patterns belong in the `triggers` of a connection',
  )
  .max(256);
