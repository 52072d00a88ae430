import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { copySource, readSourceState } from './source-tree.ts';

function directoryOf(files: Readonly<Record<string, string>>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'cdkpipe-source-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  write(directory, files);
  return directory;
}

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', '-c', 'protocol.file.allow=always'];
  return execFileSync('git', [...who, ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

function repositoryOf(files: Readonly<Record<string, string>>): string {
  const directory = directoryOf(files);
  git(directory, 'init', '-q', '-b', 'main');
  git(directory, 'add', '-A');
  git(directory, 'commit', '-q', '-m', 'first');
  return directory;
}

/** Where a run puts its copy: inside of what is copied. */
async function copyOf(directory: string, without: readonly string[] = []): Promise<string> {
  const target = join(directory, '.cdkpipe', 'runs', 'r', 'source');
  await copySource(directory, target, without);
  return target;
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .toSorted();
}

describe('a working tree of git', () => {
  test('is copied as it stands: changed and new files, none that is ignored or was removed', async () => {
    const directory = repositoryOf({ '.gitignore': 'dist/\n*.log\n', 'a.txt': 'old', 'b.txt': '', 'lib/c.txt': '' });
    write(directory, { 'a.txt': 'new', 'lib/new.txt': '', 'dist/made.js': '', 'debug.log': '' });
    rmSync(join(directory, 'b.txt'));
    const copy = await copyOf(directory);
    expect(filesIn(copy)).toEqual(['.gitignore', 'a.txt', 'lib/c.txt', 'lib/new.txt']);
    expect(readFileSync(join(copy, 'a.txt'), 'utf8')).toBe('new');
  });

  test('keeps what is tracked although it is ignored, links as links, and what may be executed', async () => {
    const directory = repositoryOf({ 'kept.log': '', 'run.sh': '' });
    write(directory, { '.gitignore': '*.log\n' });
    chmodSync(join(directory, 'run.sh'), 0o755);
    symlinkSync('../outside', join(directory, 'link'));
    const copy = await copyOf(directory);
    expect(filesIn(copy)).toEqual(['.gitignore', 'kept.log', 'link', 'run.sh']);
    expect(readlinkSync(join(copy, 'link'))).toBe('../outside');
    expect(statSync(join(copy, 'run.sh')).mode & 0o111).not.toBe(0);
  });

  test('leaves out what it is told to, such as the output of the build', async () => {
    const directory = repositoryOf({ 'a.txt': '', 'out/manifest.json': '', 'outside.txt': '' });
    expect(filesIn(await copyOf(directory, ['out']))).toEqual(['a.txt', 'outside.txt']);
  });

  test('has of a submodule what its own repository says, and nothing of one that was not fetched', async () => {
    const library = repositoryOf({ '.gitignore': 'made/\n', 'lib.txt': '' });
    const directory = repositoryOf({ 'a.txt': '' });
    git(directory, 'submodule', 'add', '-q', library, 'vendor/lib');
    git(directory, 'commit', '-q', '-m', 'with a submodule');
    write(directory, { 'vendor/lib/made/x.js': '', 'vendor/lib/new.txt': '' });
    const own = ['.gitmodules', 'a.txt'];
    const files = ['vendor/lib/.gitignore', 'vendor/lib/lib.txt', 'vendor/lib/new.txt'];
    expect(filesIn(await copyOf(directory))).toEqual([...own, ...files]);
    git(directory, 'submodule', 'deinit', '-q', '-f', 'vendor/lib');
    expect(filesIn(await copyOf(directory))).toEqual(own);
  });

  test('has names of any letters', async () => {
    const names = ['a b.txt', 'new\nline.txt', '-rf', 'ä.txt', '$(x).txt'];
    const directory = repositoryOf(Object.fromEntries(names.map((name) => [name, ''])));
    expect(filesIn(await copyOf(directory))).toEqual(names.toSorted());
  });

  test('is copied anew each time: nothing of an earlier copy is left', async () => {
    const directory = repositoryOf({ 'a.txt': '', 'b.txt': '' });
    await copyOf(directory);
    rmSync(join(directory, 'b.txt'));
    expect(filesIn(await copyOf(directory))).toEqual(['a.txt']);
  });

  test('is known by its commit, its branch and whether anything differs', async () => {
    const directory = repositoryOf({ 'a.txt': '', '.gitignore': '.cdkpipe\n' });
    const commit = git(directory, 'rev-parse', 'HEAD');
    expect(await readSourceState(directory)).toEqual({ commit, branch: 'main', dirty: false });
    write(directory, { 'new.txt': '' });
    expect(await readSourceState(directory)).toEqual({ commit, branch: 'main', dirty: true });
    rmSync(join(directory, 'new.txt'));
    git(directory, 'checkout', '-q', '--detach');
    expect(await readSourceState(directory)).toEqual({ commit, dirty: false });
  });
});

describe('a directory without git', () => {
  test('is copied but for what is made, at any depth', async () => {
    const directory = directoryOf({
      'a.txt': '',
      'lib/b.txt': '',
      'node_modules/x/index.js': '',
      'lib/node_modules/y/index.js': '',
      'cdk.out/manifest.json': '',
      '.cdkpipe/runs.db': '',
    });
    symlinkSync('a.txt', join(directory, 'link'));
    const copy = await copyOf(directory);
    expect(filesIn(copy)).toEqual(['a.txt', 'lib/b.txt', 'link']);
    expect(lstatSync(join(copy, 'link')).isSymbolicLink()).toBe(true);
    expect(await readSourceState(directory)).toEqual({ dirty: true });
  });

  test('that a repository around it ignores is none of git', async () => {
    const repository = repositoryOf({ '.gitignore': 'apps/\n' });
    write(repository, { 'apps/shop/a.txt': '' });
    expect(filesIn(await copyOf(join(repository, 'apps/shop')))).toEqual(['a.txt']);
    expect(await readSourceState(join(repository, 'apps/shop'))).toEqual({ dirty: true });
  });
});
