import { expect, test } from 'vitest';
import { readPackageSpec } from './package-spec.ts';

test.each(['pager', '@acme/pager', '@acme/pager@1.2.0', '@acme/pager@^1.0.0', 'pager@next'])(
  '%s comes from a registry',
  (text) => {
    expect(readPackageSpec(text, '/project', false)).toEqual({
      text,
      name: text.replace(/(?<=.)@.*$/, ''),
      isFromRegistry: true,
      isFromGit: false,
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
  ['./pager', 'PLUGIN_SPEC_DIRECTORY'],
  ['file:pager.tgz', 'PLUGIN_SPEC_NOT_ALLOWED'],
  ['pager@file:../pager', 'PLUGIN_SPEC_DIRECTORY'],
])('%s is refused', (text, code) => {
  expect(readPackageSpec(text, '/project', false)).toMatchObject({ code });
});

test('another source comes in when it is allowed; an option never does', () => {
  expect(readPackageSpec('./pager.tgz', '/project', true)).toMatchObject({ isFromRegistry: false });
  expect(readPackageSpec('acme/pager', '/project', true)).toMatchObject({ isFromRegistry: false, isFromGit: true });
  expect(readPackageSpec('--global', '/project', true)).toMatchObject({ code: 'PLUGIN_SPEC_OPTION' });
});

test.each(['./pager', 'file:../pager', '/plugins/pager'])(
  'the directory %s is refused also when it is allowed, as it would be linked',
  (text) => {
    expect(readPackageSpec(text, '/project', true)).toMatchObject({
      code: 'PLUGIN_SPEC_DIRECTORY',
      fix: expect.stringContaining('npm pack'),
    });
  },
);
