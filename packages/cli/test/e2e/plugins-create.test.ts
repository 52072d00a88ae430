/** `cdkpipe plugins:create`: what it writes builds, passes its own tests, packs, and passes `plugins:check`. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

/** Outside of node_modules, where vitest looks for no tests. */
function makeTemporary(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'cdkpipe-create-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

describe.each([
  ['lower', []],
  ['renderer', ['codepipeline/pageCheck', 'local/pageCheck']],
])('with --drawn %s', (drawn, renderers) => {
  test('the package builds, passes its tests, packs, and the tarball passes every check', async () => {
    const cwd = makeTemporary();
    const args = ['plugins:create', '@acme/cdkpipe-plugin-page-check', '--yes', '--drawn', drawn, '--json'];
    const created = await runCdkpipe(args, { cwd });
    expect(created.exitCode, created.stdout + created.stderr).toBe(0);
    const { directory, kind, files } = JSON.parse(created.stdout);
    expect([directory, kind]).toEqual([join(cwd, 'cdkpipe-plugin-page-check'), 'pageCheck']);
    expect(files).toContain('.github/workflows/ci.yml');
    const { keywords, cdkpipePlugin } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    expect({ keywords, ...cdkpipePlugin }).toMatchObject({
      keywords: ['cdkpipe-plugin'],
      kinds: ['pageCheck'],
      ...(renderers.length > 0 && { renderers }),
    });

    symlinkSync(modules, join(directory, 'node_modules'));
    const tested = execFileSync('npm', ['test'], {
      cwd: directory,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' },
    });
    // Its own, and one for each check; none fails or is skipped.
    const [, passed, all] = /Tests\s+(\d+) passed \((\d+)\)/.exec(tested) ?? [];
    expect([passed, Number(passed) > 30], tested).toEqual([all, true]);
    execFileSync('npm', ['pack', '--silent'], { cwd: directory, stdio: 'pipe' });
    const tarball = join(directory, 'acme-cdkpipe-plugin-page-check-0.1.0.tgz');
    const { exitCode, stdout, stderr } = await runCdkpipe(['plugins:check', tarball], { cwd: makeDirectory() });
    expect(exitCode, stdout + stderr).toBe(0);
  });
});

test('the workflow may read the code and nothing else, and its actions are pinned', async () => {
  const cwd = makeDirectory();
  await runCdkpipe(['plugins:create', 'cdkpipe-plugin-pager', '.', '--yes'], { cwd });
  const workflow = readFileSync(join(cwd, '.github/workflows/ci.yml'), 'utf8');
  expect(workflow).toMatch(/^permissions: \{\}$/m);
  expect(workflow.match(/: (write|read)\b.*/g)).toEqual([': read']);
  expect(workflow.match(/uses: .*/g)?.every((line) => /@[0-9a-f]{40} # v/.test(line))).toBe(true);
});

test.each([
  ['a name that npm refuses', ['Pager!', '--yes'], 'PLUGIN_NAME_INVALID'],
  ['a name that leads elsewhere', ['../pager', '--yes'], 'PLUGIN_NAME_INVALID'],
  ['a kind that is a word of JavaScript', ['pager', '--kind', 'delete', '--yes'], 'FLAG_INVALID'],
  ['a kind that is no name', ['pager', '--kind', 'page-check', '--yes'], 'FLAG_INVALID'],
  ['a way to draw that there is not', ['pager', '--drawn', 'magic', '--yes'], 'FLAG_INVALID|ARGUMENTS_INVALID'],
  ['a directory that holds something', ['pager', 'full', '--yes'], 'DIRECTORY_NOT_EMPTY'],
  ['to guess where nobody can be asked', ['pager'], 'ANSWERS_MISSING'],
])('refuses %s, and writes nothing', async (_, args, code) => {
  const cwd = makeDirectory({ 'full/mine.txt': 'mine' });
  const { exitCode, stderr } = await runCdkpipe(['plugins:create', ...args], { cwd });
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(new RegExp(code))]);
  expect([existsSync(join(cwd, 'pager')), readdirSync(join(cwd, 'full'))]).toEqual([false, ['mine.txt']]);
});
