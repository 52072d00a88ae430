import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { logFile, resolveInside, runPaths } from './paths.ts';

function workspace(): string {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'cdkpipe-paths-')));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const root = join(parent, 'root');
  mkdirSync(join(root, 'dist', 'deep'), { recursive: true });
  mkdirSync(join(parent, 'root-beside'));
  writeFileSync(join(parent, 'outside'), '');
  symlinkSync('dist', join(root, 'link-inside'));
  symlinkSync('..', join(root, 'link-up'));
  symlinkSync('/etc', join(root, 'link-absolute'));
  symlinkSync('link-loop', join(root, 'link-loop'));
  return root;
}

test.each([
  ['dist', 'dist'],
  ['dist/deep/..', 'dist'],
  ['./dist', 'dist'],
  ['link-inside', 'dist'],
  ['link-inside/deep', 'dist/deep'],
  ['.', ''],
])('%s is %s of the workspace', (path, place) => {
  const root = workspace();
  expect(resolveInside(root, path)).toBe(join(root, place));
});

test.each([
  ['..', 'leads out of the workspace'],
  ['../outside', 'leads out of the workspace'],
  ['../root-beside', 'leads out of the workspace'],
  ['dist/../../outside', 'leads out of the workspace'],
  ['/etc', 'leads out of the workspace'],
  ['link-up', 'leads out of the workspace through a link'],
  ['link-up/outside', 'leads out of the workspace through a link'],
  ['link-absolute', 'leads out of the workspace through a link'],
  ['link-absolute/passwd', 'leads out of the workspace through a link'],
  ['link-loop', 'there is no "link-loop"'],
  ['missing', 'there is no "missing"'],
])('%s is refused, as it %s', (path, message) => {
  expect(() => resolveInside(workspace(), path)).toThrow(message);
});

test('the log of an action lies in the directory of logs, whatever the action is called', () => {
  const paths = runPaths('/store', 'r');
  for (const node of ['a/b:execute', '../../x', 'ä b'])
    expect(logFile(paths, node)).toMatch(/^\/store\/runs\/r\/logs\/[^/]+\.log$/);
});
