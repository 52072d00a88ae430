import { expect, test } from 'vitest';
import { pluginFailed, refused } from './cdkpipe-error.ts';
import { describeThrown } from './describe-thrown.ts';
import { withoutCredentials } from './without-credentials.ts';

test.each([
  ['request to https://me:s3cret@npm.acme.io/x failed', 'request to https://npm.acme.io/x failed'],
  ['http://s3cret@host:4873/', 'http://host:4873/'],
  ['http://me:s3cr@t:s3cret@host/p@th', 'http://host/p@th'],
  ['git+ssh://git:s3cret@host/acme/x.git#main', 'git+ssh://host/acme/x.git#main'],
  ['proxy http://:s3cret@10.0.0.1:3128', 'proxy http://10.0.0.1:3128'],
  ['HTTPS_PROXY=me:s3cret@proxy:3128', 'HTTPS_PROXY=proxy:3128'],
  ['https://host/x?_authToken=s3cret&y=1', 'https://host/x?_authToken=***&y=1'],
  ['https://b.s3.amazonaws.com/k?X-Amz-Signature=s3cret', 'https://b.s3.amazonaws.com/k?X-Amz-Signature=***'],
  ['//npm.acme.io/:_authToken=s3cret', '//npm.acme.io/:_authToken=***'],
  ['//npm.acme.io/:_password = "s3cret=="', '//npm.acme.io/:_password = ***'],
  ['Authorization: Bearer s3cret', 'Authorization: Bearer ***'],
  ['{"authorization":"Basic s3cret"}', '{"authorization":"Basic ***"}'],
  ['\'https://a:s3cret@x\' and "https://b:s3cret@y"', '\'https://x\' and "https://y"'],
])('%s', (text, expected) => {
  expect(withoutCredentials(text)).toBe(expected);
  expect(withoutCredentials(expected)).toBe(expected);
});

test.each([
  'http://127.0.0.1:4873/@acme%2fpager',
  '@acme/pager@1.0.0, npm:lodash@4.17.21, git@github.com:acme/x.git',
  'mail me@example.com: the token is missing, and so is the secret',
  'secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-west-1:1:secret:x',
  'cdkpipe.config.ts:12:5 waves[0].deployments[1]',
])('%s stays as it is', (text) => expect(withoutCredentials(text)).toBe(text));

test('every problem is free of them, wherever it quotes an address', () => {
  const address = 'https://me:s3cret@host/';
  const problem = { code: 'X', message: address, path: address, location: address, fix: address, node: address };
  for (const error of [refused([problem]), pluginFailed([problem])])
    expect(JSON.stringify([error.message, error.problems])).not.toContain('s3cret');
  expect(describeThrown(new TypeError(address))).toBe('TypeError: https://host/');
});

test('time grows with the length of the text alone', () => {
  for (const piece of ['a', 'a.', 'a:', '://', ':_auth', 'a@', '?token=', '"', 'authorization: ']) {
    const began = performance.now();
    withoutCredentials(piece.repeat(200_000));
    expect(performance.now() - began, piece).toBeLessThan(3000);
  }
});
