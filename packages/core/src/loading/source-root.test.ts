import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeProject } from './project.test.fixture.ts';
import { searchDirectories } from './search-directories.ts';
import { findSourceRoot } from './source-root.ts';

const files = { 'packages/infra/cdkpipe.config.ts': '' };
const nowhere = { env: {}, home: '/nowhere' };

function makeRepository(more: Readonly<Record<string, string>> = {}): string {
  const root = makeProject({ ...files, ...more }, { cdk: false });
  execFileSync('git', ['init', '-q'], { cwd: root });
  return root;
}

it('the source is the whole git repository that holds the definition', () => {
  const root = makeRepository();
  const found = findSourceRoot(join(root, 'packages/infra'), undefined, nowhere);
  expect(found).toEqual({ directory: root, place: 'packages/infra' });
  expect(findSourceRoot(root, undefined, nowhere)).toEqual({ directory: root, place: '' });
});

it('without git the source is the directory of the definition', () => {
  const directory = join(makeProject(files, { cdk: false }), 'packages/infra');
  expect(findSourceRoot(directory, undefined, nowhere)).toEqual({ directory, place: '' });
});

it('a repository that ignores the definition is not its source', () => {
  const root = makeRepository({ '.gitignore': 'packages/\n' });
  const directory = join(root, 'packages/infra');
  expect(findSourceRoot(directory, undefined, nowhere)).toEqual({ directory, place: '' });
});

it('a repository of the home directory is not the source of what is below it', () => {
  const home = makeRepository();
  const directory = join(home, 'packages/infra');
  expect(findSourceRoot(directory, undefined, { env: {}, home })).toEqual({ directory, place: '' });
});

it('the definition may say otherwise', () => {
  const root = makeRepository();
  const directory = join(root, 'packages/infra');
  expect(findSourceRoot(directory, '.', nowhere)).toEqual({ directory, place: '' });
  expect(findSourceRoot(directory, '..', nowhere)).toEqual({ directory: join(root, 'packages'), place: 'infra' });
});

it('in a build the source is its workspace, where no git says so, and the definition is not searched above it', () => {
  const root = makeRepository({ 'w/packages/infra/cdkpipe.config.ts': '', 'cdkpipe.config.ts': '' });
  const workspace = join(root, 'w');
  const env = { CODEBUILD_SRC_DIR: workspace };
  const found = findSourceRoot(join(workspace, 'packages/infra'), undefined, { ...nowhere, env });
  expect(found).toEqual({ directory: workspace, place: 'packages/infra' });
  expect(searchDirectories(join(workspace, 'packages'), '/nowhere', env)).toEqual([
    join(workspace, 'packages'),
    workspace,
  ]);
  // A variable of another build says nothing about this project.
  expect(findSourceRoot(root, undefined, { ...nowhere, env })).toEqual({ directory: root, place: '' });
});

it.each(['../'.repeat(40).slice(0, -1), '/'])('a source that is the whole file system is refused: %s', (root) => {
  const directory = join(makeProject(files, { cdk: false }), 'packages/infra');
  expect(() => findSourceRoot(directory, root, nowhere)).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ code: 'VALUE_INVALID', path: 'root' })] }),
  );
});
