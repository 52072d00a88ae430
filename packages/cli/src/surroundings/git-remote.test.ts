import { expect, test } from 'vitest';
import { parseRemote } from './git-remote.ts';

test.each([
  ['https://github.com/acme/orders.git', 'connection', 'acme/orders'],
  ['https://someone:s3cret@github.com/acme/orders', 'connection', 'acme/orders'],
  ['git@github.com:acme/orders.git', 'connection', 'acme/orders'],
  ['ssh://git@gitlab.example.com:2222/group/team/orders.git/', 'connection', 'group/team/orders'],
  ['https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/orders', 'codeCommit', 'orders'],
  ['ssh://git-codecommit.eu-west-1.amazonaws.com/v1/repos/orders', 'codeCommit', 'orders'],
  ['codecommit::eu-west-1://profile@orders', 'codeCommit', 'orders'],
  ['codecommit://orders', 'codeCommit', 'orders'],
])('the remote %s is a source of type %s', (url, source, repository) => {
  expect(parseRemote(url)).toEqual({ source, repository });
});

test.each(['/srv/git/orders.git', '../orders', 'file:///srv/orders', "https://host/a/b';rm", 'C:\\repos\\orders'])(
  'the remote %s is none that AWS can reach',
  (url) => {
    expect(parseRemote(url)).toBeUndefined();
  },
);
