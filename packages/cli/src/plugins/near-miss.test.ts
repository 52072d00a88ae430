import { expect, test } from 'vitest';
import { findMistaken, wellKnown } from './near-miss.ts';

const manual = '@cdkpipe/plugin-manual-approval';

test.each([
  '@cdk-pipe/plugin-manual-approval',
  '@cdkpipes/plugin-manual-approval',
  '@cdkplpe/plugin-manual-approval',
  'cdkpipe-plugin-manual-approval',
  'plugin-manual-approval',
  'plugin-manua1-approval',
  '@cdkpipe-plugin/manual-approval',
  '@cdkppie/plugin-rnanual-approval',
  '@cdkpipe/plugin-manual-aproval',
  '@cdkpipe/plugin-manuel-approval',
  'cdkpipe-manual-approval',
  'cdkpipe-plugin-manual',
  'cdkpipe-manual',
  'cdkpipe-approval-manual-plugin',
  'cdkpipe-plugin-manuel',
])('%s is a near miss of ours', (name) => {
  expect(findMistaken(name, wellKnown)).toBe(manual);
});

test.each([
  manual,
  '@cdkpipe/plugin-github',
  '@acme/cdkpipe-plugin-pager',
  'cdkpipe-plugin-pager',
  'cdkpipe-plugin-change-ticket',
  'cdkpipe-plugin-x',
  '@acme/plugin-approval',
  '@acme/cdkpipe-plugin-manual-approval',
])('%s is none', (name) => {
  expect(findMistaken(name, wellKnown)).toBeUndefined();
});

test('the plugins of the project are known, too', () => {
  expect(findMistaken('@acme/cdkpipe-plugin-pagr', ['@acme/cdkpipe-plugin-pager'])).toBe('@acme/cdkpipe-plugin-pager');
  expect(findMistaken('pages', ['pager'])).toBeUndefined();
});
