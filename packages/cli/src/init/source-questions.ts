/** The questions about where the code comes from; which ones are asked depends on the first. */
import type { Known, Question } from './question.ts';

const hasSource =
  (...types: readonly string[]) =>
  ({ source }: Known): boolean =>
    source !== undefined && types.includes(source);

/** Only CodeCommit has repositories without an owner. */
function isRepository(text: string, { source }: Known): boolean {
  const isOwned = /^[\w.-]+(\/[\w.-]+)+$/.test(text);
  const isPlain = /^[\w.-]{1,100}$/.test(text);
  if (source === undefined) return isOwned || isPlain;
  return source === 'codeCommit' ? isPlain : isOwned;
}

const choices = [
  { value: 'connection', label: 'a repository on GitHub, GitLab or Bitbucket, behind an AWS connection' },
  { value: 'github', label: 'a repository on GitHub, reached with a token' },
  { value: 'codeCommit', label: 'a CodeCommit repository' },
  { value: 's3', label: 'a ZIP object in an S3 bucket' },
];

export const sourceQuestions: readonly Question[] = [
  {
    name: 'source',
    message: 'Where the code comes from',
    value: choices.map(({ value }) => value).join('|'),
    expected: `one of ${choices.map(({ value }) => value).join(', ')}`,
    choices,
    accepts: (text) => choices.some(({ value }) => value === text),
    suggest: () => 'connection',
  },
  {
    name: 'repository',
    message: 'Repository: owner/name, or just the name on CodeCommit',
    value: 'REPOSITORY',
    expected: 'a repository: owner/name, or just a name on CodeCommit',
    applies: hasSource('connection', 'github', 'codeCommit'),
    accepts: isRepository,
    suggest: ({ source, name }) => (source === 'codeCommit' ? `${name}` : `acme/${name}`),
    isPlaceholder: true,
  },
  {
    name: 'branch',
    message: 'Branch',
    value: 'BRANCH',
    expected: 'the name of a branch',
    applies: hasSource('connection', 'github', 'codeCommit'),
    accepts: (text) => /^[^\s~^:?*[\\]{1,255}$/.test(text),
    suggest: () => 'main',
  },
  {
    name: 'connection-arn',
    message: 'ARN of the AWS connection',
    value: 'ARN',
    expected: 'the ARN of a connection, arn:aws:codeconnections:REGION:ACCOUNT:connection/ID',
    applies: hasSource('connection'),
    accepts: (text) =>
      /^arn:[a-z-]+:(codeconnections|codestar-connections):[a-z0-9-]+:\d{12}:connection\/[\w-]+$/.test(text),
    suggest: ({ region, account }) =>
      `arn:aws:codeconnections:${region}:${account}:connection/00000000-0000-0000-0000-000000000000`,
    isPlaceholder: true,
  },
  {
    name: 'token-secret',
    message: 'Name of the secret in Secrets Manager that holds the token',
    value: 'NAME',
    expected: 'the name of a secret',
    applies: hasSource('github'),
    accepts: (text) => /^[\w/+=.@-]{1,512}$/.test(text),
    suggest: () => 'github-token',
  },
  {
    name: 'bucket',
    message: 'Bucket that holds the ZIP object; it must be versioned',
    value: 'BUCKET',
    expected: 'the name of a bucket',
    applies: hasSource('s3'),
    accepts: (text) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text),
    suggest: ({ account }) => `source-${account}`,
    isPlaceholder: true,
  },
  {
    name: 'object-key',
    message: 'Key of the ZIP object',
    value: 'KEY',
    expected: 'the key of an object, such as app.zip',
    applies: hasSource('s3'),
    accepts: (text) => /^[\w!.*'()/-]{1,1024}$/.test(text),
    suggest: ({ name }) => `${name}.zip`,
  },
];
