import { expect, test } from 'vitest';
import type { AccessStack } from './access-stack.ts';
import { checkAccess } from './check-access.ts';

const access = (resources: readonly string[], refs: readonly string[]): AccessStack => ({
  name: 'a',
  account: '222222222222',
  region: 'eu-west-1',
  createsProvider: true,
  roles: [
    {
      name: 'cdkpipe-shop-Prod-execute',
      description: '',
      trust: { provider: 'p', conditions: { StringEquals: { ref: refs } } },
      grants: [{ actions: ['cloudformation:DescribeStacks'], resources, reason: '' }],
    },
  ],
});
const many = (count: number) => Array.from({ length: count }, (_, index) => `${'x'.repeat(96)}${index + 100}`);

test('roles within the limits of IAM are accepted', () => {
  expect(checkAccess([access(many(90), many(15))])).toEqual([]);
});

test('a role with too many stacks, or a trust with too many refs, is refused by how much', () => {
  const messages = checkAccess([access(many(100), many(20))]).map(({ message }) => message);
  expect(messages).toEqual([
    expect.stringMatching(
      /^the inline policy of the role cdkpipe-shop-Prod-execute: \d+ characters, \d+ more than 10240$/,
    ),
    expect.stringMatching(
      /^the trust policy of the role cdkpipe-shop-Prod-execute: \d+ characters, \d+ more than 2048$/,
    ),
  ]);
});
