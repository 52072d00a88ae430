import type { Build, Plan, Source } from '@cdkpipe/core';
import { describe, expect, test } from 'vitest';
import type { GitHubOptions } from '../options/options.ts';
import { checkPlan } from './check-plan.ts';

const connection: Source = {
  type: 'connection',
  repository: 'acme/orders',
  branch: 'main',
  connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/abc',
  fullClone: false,
  trigger: 'push',
};

interface Given {
  readonly source?: Source;
  readonly additional?: Readonly<Record<string, Source>>;
  readonly build?: Partial<Build>;
  readonly options?: GitHubOptions;
  readonly env?: Readonly<Record<string, unknown>>;
}

function codesOf({ source = connection, additional = {}, build = {}, options = {}, env = {} }: Given): string[] {
  const step = {
    id: 'Beta/Smoke',
    name: 'Smoke',
    kind: 'codebuild',
    position: 'approval',
    options: { env },
    path: 'p',
  };
  const plan = {
    pipeline: {
      name: 'orders',
      source,
      additionalSources: Object.entries(additional).map(([directory, each]) => ({ directory, source: each })),
      build: { commands: ['x'], installCommands: [], env: {}, rolePolicy: [], output: 'cdk.out', ...build },
    },
    nodes: [{ type: 'approve', id: 'Beta/Smoke', name: 'Smoke', after: [], path: 'p', step, gate: step.id }],
  } as unknown as Plan;
  return checkPlan(plan, options).map(({ code }) => code);
}

const s3: Source = { type: 's3', bucket: 'b', key: 'k.zip', trigger: 'none' };
const filters = (triggers: object): Source => ({ ...connection, trigger: 'filters', triggers });

test('what the example has is accepted', () => {
  expect(codesOf({ additional: { 'vendor/lib': s3, other: connection }, env: { URL: 'x' } })).toEqual([]);
});

describe.each<[string, Given, string[]]>([
  ['a source in S3', { source: s3 }, ['SOURCE_UNSUPPORTED']],
  ['a repository with groups', { source: { ...connection, repository: 'acme/group/orders' } }, ['REPOSITORY_UNKNOWN']],
  [
    'another repository in the options',
    { options: { repository: { owner: 'acme', name: 'shop' } } },
    ['REPOSITORY_DIFFERS'],
  ],
  [
    'a pattern with braces',
    { source: filters({ push: [{ branches: { include: ['{a,b}'] } }] }) },
    ['PATTERN_UNSUPPORTED'],
  ],
  [
    'two filters of branches',
    { source: filters({ push: [{ branches: { include: ['a'] } }, { paths: { include: ['b/**'] } }] }) },
    ['FILTERS_TOO_MANY'],
  ],
  [
    'a pull request that needs credentials',
    { source: filters({ pullRequests: [{}] }), additional: { lib: s3 } },
    ['PULL_REQUEST_NEEDS_CREDENTIALS'],
  ],
  ['a larger machine', { build: { computeType: 'large' } }, ['BUILD_SETTING_UNSUPPORTED']],
  ['an image of CodeBuild', { build: { image: 'aws/codebuild/standard:7.0' } }, ['BUILD_SETTING_UNSUPPORTED']],
  ['a variable of GitHub', { env: { GITHUB_TOKEN: 'x' } }, ['VARIABLE_RESERVED']],
  ['the digest of an image', { env: { A: { $ref: 'source', attribute: 'digest' } } }, ['VALUE_UNSUPPORTED']],
])('%s', (_title, given, codes) => {
  test('is refused', () => {
    expect(codesOf(given)).toEqual(codes);
  });
});

test('a larger machine is a runner that the options name', () => {
  expect(codesOf({ build: { computeType: 'large' }, options: { runsOn: { build: 'large-runner' } } })).toEqual([]);
});

test('any number of filters of tags is one', () => {
  expect(
    codesOf({
      source: filters({
        push: [{ tags: { include: ['v*'] } }, { tags: { include: ['r*'] } }, { branches: { include: ['main'] } }],
      }),
    }),
  ).toEqual([]);
});
