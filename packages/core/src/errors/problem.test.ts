import { expect, test } from 'vitest';
import { docsOf } from './problem.ts';

const problem = { code: 'ACME_QUOTA_FULL', message: 'the quota is full' };

test('a problem of a plugin leads to the page that it names', () => {
  expect(docsOf({ ...problem, docs: 'https://acme.example/errors#quota' })).toBe('https://acme.example/errors#quota');
});

test('an address that is not https is not shown; the page of cdkpipe is', () => {
  expect(docsOf({ ...problem, docs: 'javascript:alert(1)' })).toMatch(/\/docs\/errors\.md#acme_quota_full$/);
});
