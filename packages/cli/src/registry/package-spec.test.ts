import { expect, test } from 'vitest';
import { readPackageSpec } from './package-spec.ts';

test.each(['pager', '@acme/pager', '@acme/pager@1.2.0', '@acme/pager@^1.0.0', 'pager@next'])(
  '%s comes from a registry',
  (text) => {
    expect(readPackageSpec(text, '/project', false)).toEqual({
      text,
      name: text.replace(/(?<=.)@.*$/, ''),
      isFromRegistry: true,
    });
  },
);

test.each([
  ['--global', 'PLUGIN_SPEC_OPTION'],
  ['-g', 'PLUGIN_SPEC_OPTION'],
  ['@--acme/pager', 'PLUGIN_SPEC_OPTION'],
  ['Pager!', 'PLUGIN_SPEC_INVALID'],
  ['pager@npm:other', 'PLUGIN_SPEC_INVALID'],
  ['pager@1 || 2', 'PLUGIN_SPEC_INVALID'],
  ['git+ssh://git@example.com/acme/pager.git', 'PLUGIN_SPEC_NOT_ALLOWED'],
  ['acme/pager', 'PLUGIN_SPEC_NOT_ALLOWED'],
  ['https://example.com/pager.tgz', 'PLUGIN_SPEC_NOT_ALLOWED'],
  ['./pager', 'PLUGIN_SPEC_NOT_ALLOWED'],
  ['file:pager.tgz', 'PLUGIN_SPEC_NOT_ALLOWED'],
  ['pager@file:../pager', 'PLUGIN_SPEC_NOT_ALLOWED'],
])('%s is refused', (text, code) => {
  expect(readPackageSpec(text, '/project', false)).toMatchObject({ code });
});

test('another source comes in when it is allowed; an option never does', () => {
  expect(readPackageSpec('./pager.tgz', '/project', true)).toMatchObject({ isFromRegistry: false });
  expect(readPackageSpec('--global', '/project', true)).toMatchObject({ code: 'PLUGIN_SPEC_OPTION' });
});
