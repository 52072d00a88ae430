import { describe, expect, it } from 'vitest';
import { isDirectoryExcluded, isSelected } from './select-files.ts';

const selection = { files: ['**/*.template.json', 'a b/x+y.json'], excludePaths: ['**/asset.*/**/*'] };

describe('the files of a buildspec', () => {
  it.each([
    ['Api.template.json', true],
    ['assembly-Beta/BetaApi.template.json', true],
    ['a/b/c.template.json', true],
    ['a b/x+y.json', true],
    ['a b/xxy.json', false],
    ['Api.template.json.bak', false],
    ['Api.templateXjson', false],
    ['asset.1/Api.template.json', false],
    ['assembly-Beta/asset.1/deep/Api.template.json', false],
    ['assembly-Beta/asset.template.json', true],
  ])('of which %s is selected: %s', (file, expected) => {
    expect(isSelected(selection, file)).toBe(expected);
  });

  it.each([
    ['asset.1', true],
    ['assembly-Beta/asset.1', true],
    ['assembly-Beta', false],
    ['asset.1/deep', false],
  ])('leave out the whole directory %s: %s', (directory, expected) => {
    expect(isDirectoryExcluded(selection, directory)).toBe(expected);
  });
});
