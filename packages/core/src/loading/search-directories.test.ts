import { expect, it } from 'vitest';
import { makeProject } from './project.test.fixture.ts';
import { searchDirectories } from './search-directories.ts';

it.each([
  ['up to the directory with .git', { '.git/HEAD': '' }, ['/a/b/c', '/a/b', '/a', '']],
  ['up to a .git file, as work trees and submodules have', { 'a/.git': '' }, ['/a/b/c', '/a/b', '/a']],
  [
    'past a package.json inside of the repository',
    { '.git/HEAD': '', 'a/b/package.json': '' },
    ['/a/b/c', '/a/b', '/a', ''],
  ],
  [
    'without a repository, up to the outermost package.json',
    { 'a/package.json': '', 'a/b/package.json': '' },
    ['/a/b/c', '/a/b', '/a'],
  ],
  ['without either, only in the current directory', {}, ['/a/b/c']],
])('the definition is looked for %s', (_, files, expected) => {
  const root = makeProject({ ...files, 'a/b/c/file.txt': '' }, { cdk: false });
  expect(searchDirectories(`${root}/a/b/c`)).toEqual(expected.map((directory) => root + directory));
});

it('the search never goes above the home directory', () => {
  const root = makeProject({ '.git/HEAD': '', 'package.json': '', 'home/me/work/file.txt': '' }, { cdk: false });
  expect(searchDirectories(`${root}/home/me/work`, `${root}/home/me`)).toEqual([`${root}/home/me/work`]);
});
