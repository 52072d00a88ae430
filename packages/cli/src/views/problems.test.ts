import { internalFault, type Problem, pluginFailed, refused } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { Interruption, toFailure } from '../problems/failure.ts';
import { unpainted } from './paint.ts';
import { failureDocument } from './problem-document.ts';
import { failureView } from './problems.ts';

const account = {
  code: 'ACCOUNT_INVALID',
  message: '"12" is not an AWS account',
  path: 'waves[0].deployments[1].env.account',
  location: 'cdkpipe.config.ts:12:5',
  fix: 'write the 12 digits as a string',
};
const pager = {
  code: 'PLUGIN_FAILED',
  message: 'the tap of "plan" failed: boom\nsecond line',
  plugin: '@acme/pager',
  version: '1.2.0',
  hook: 'plan',
  node: 'ProdEu/Page',
};

test('all problems are shown, each with its place and what to change', () => {
  const failure = toFailure(refused([account, { code: 'WAVES_MISSING', message: 'the pipeline deploys nothing' }]));
  expect(failureView(failure, unpainted)).toMatchInlineSnapshot(`
    "
    ✖ "12" is not an AWS account
      at   waves[0].deployments[1].env.account
      in   cdkpipe.config.ts:12:5
      fix  write the 12 digits as a string
      code ACCOUNT_INVALID
      docs https://github.com/cdkpipe/cdkpipe/blob/main/docs/errors.md#account_invalid

    ✖ the pipeline deploys nothing
      code WAVES_MISSING
      docs https://github.com/cdkpipe/cdkpipe/blob/main/docs/errors.md#waves_missing

    2 problems to fix.
    "
  `);
});

test("a plugin's fault names plugin, version, hook and node, and clears the author of the definition", () => {
  expect(failureView(toFailure(pluginFailed([pager])), unpainted)).toMatchInlineSnapshot(`
    "
    ✖ the tap of "plan" failed: boom
      second line
      by   @acme/pager 1.2.0, hook plan, node ProdEu/Page
      code PLUGIN_FAILED
      docs https://github.com/cdkpipe/cdkpipe/blob/main/docs/errors.md#plugin_failed

    1 problem, in a plugin: your definition is not to blame.
    "
  `);
});

test('a plugin without a version may be a part of the project, whose author is not cleared', () => {
  const { version, ...own } = pager;
  expect(failureView(toFailure(pluginFailed([own])), unpainted)).toContain('1 problem, in a plugin.\n');
});

test('a fault of our own says so', () => {
  expect(failureView(toFailure(new TypeError('x is not a function')), unpainted)).toMatchInlineSnapshot(`
    "
    ✖ TypeError: x is not a function
      fix  report it at https://github.com/cdkpipe/cdkpipe/issues with what --debug shows
      code INTERNAL_FAULT
      docs https://github.com/cdkpipe/cdkpipe/blob/main/docs/errors.md#internal_fault

    1 problem, of cdkpipe's own making: neither you nor a plugin is to blame.
    "
  `);
});

test('the exit code says whose turn it is', () => {
  const codes = [
    refused([account]),
    pluginFailed([pager]),
    internalFault({ code: 'GATE_LOST', message: 'lost' }),
    new TypeError('x'),
    'not even an error',
    new Interruption(),
  ].map((error) => toFailure(error).exitCode);
  expect(codes).toEqual([2, 3, 70, 70, 70, 130]);
});

test('the document holds every field of every problem, and where it is documented', () => {
  expect(failureDocument(toFailure(pluginFailed([pager, account])))).toEqual({
    errors: [
      { ...pager, docs: expect.stringMatching(/errors\.md#plugin_failed$/) },
      { ...account, docs: expect.stringMatching(/errors\.md#account_invalid$/) },
    ],
    warnings: [],
  });
});

test('on a terminal, messages and fixes break at words; places and codes stay whole', () => {
  const long = {
    ...account,
    message: 'the account and the region of the app are not known, so its stacks go where the command is told to',
    location: `a/directory/${'deep/'.repeat(6)}cdkpipe.config.ts:12:5`,
    fix: 'write them into its env, or set CDK_DEFAULT_ACCOUNT and CDK_DEFAULT_REGION and run the command again',
  };
  expect(failureView(toFailure(refused([long])), unpainted, 50)).toMatchInlineSnapshot(`
    "
    ✖ the account and the region of the app are not
      known, so its stacks go where the command is
      told to
      at   waves[0].deployments[1].env.account
      in   a/directory/deep/deep/deep/deep/deep/deep/cdkpipe.config.ts:12:5
      fix  write them into its env, or set
           CDK_DEFAULT_ACCOUNT and CDK_DEFAULT_REGION
           and run the command again
      code ACCOUNT_INVALID
      docs https://github.com/cdkpipe/cdkpipe/blob/main/docs/errors.md#account_invalid
    "
  `);
});

test('the same problem at several places is shown once, with all of them', () => {
  const unknown = { code: 'STACK_UNKNOWN', message: 'there is no stack "Oders"', fix: 'did you mean "Orders"?' };
  const places = [1, 2, 3].map((line) => ({
    ...unknown,
    path: `waves[${line}]`,
    location: `cdkpipe.config.ts:${line}:5`,
  }));
  const [first, ...rest] = places;
  const text = failureView(toFailure(refused([first as Problem, ...rest])), unpainted);
  expect(text.match(/there is no stack/g)).toHaveLength(1);
  expect(text).toContain('  at   waves[1]  cdkpipe.config.ts:1:5\n       waves[2]  cdkpipe.config.ts:2:5\n');
  expect(text).not.toContain('problems to fix');
});

test('a place in the file is shown with its line', () => {
  const problem = {
    code: 'X',
    message: 'm',
    path: 'name',
    location: 'a.ts:1:9',
    excerpt: '1 │ name: 7\n  │       ^',
  };
  expect(failureView(toFailure(refused([problem])), unpainted)).toContain(
    '  at   name\n  in   a.ts:1:9\n       1 │ name: 7\n         │       ^\n',
  );
});
