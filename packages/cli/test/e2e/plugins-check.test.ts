/** `cdkpipe plugins:check` on packed plugins: what it says, and its exit codes. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { confirmPlugin } from './plugin-packages.test.fixture.ts';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const confirm = '@acme/cdkpipe-plugin-confirm';
const example = "summary: 'Somebody confirms that all is well.', examples: [{ title: 'Ask' }],";

function makePlugin(change: object = {}, code = ''): string {
  const plugin = confirmPlugin({
    code,
    change: {
      license: 'MIT',
      engines: { node: '>=20' },
      peerDependencies: { '@cdkpipe/core': '>=0.1.0', '@cdkpipe/plugin-manual-approval': '>=0.1.0' },
      ...change,
    },
  });
  const source = plugin['index.js']?.replace("summary: 'Somebody confirms that all is well.',", example) ?? '';
  return makeDirectory({ ...plugin, 'index.js': source, 'README.md': '# Confirm\n' });
}

test('a plugin that keeps its contract passes, from its directory and as a tarball', async () => {
  const cwd = makePlugin();
  const shown = await runCdkpipe(['plugins:check'], { cwd });
  expect(shown.exitCode, shown.stdout + shown.stderr).toBe(0);
  expect(shown.stdout).toMatch(/✔ CP101 {2}package\.json says what the plugin brings/);
  expect(shown.stdout).toMatch(/\d+ passed, 0 failed\n/);

  execFileSync('npm', ['pack', '--silent'], { cwd });
  const elsewhere = makeDirectory();
  const tarball = join(cwd, 'acme-cdkpipe-plugin-confirm-1.0.0.tgz');
  const { exitCode, stdout } = await runCdkpipe(['plugins:check', tarball, '--json'], { cwd: elsewhere });
  expect(exitCode).toBe(0);
  const { checks, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({ name: confirm, version: '1.0.0', errors: [], warnings: [] });
  expect(new Set(checks.map(({ state }: { state: string }) => state))).toEqual(new Set(['passed']));
});

test('ends with exit code 1 and says what to do where a check fails', async () => {
  const cwd = makePlugin({ keywords: [] });
  const { exitCode, stdout } = await runCdkpipe(['plugins:check', cwd]);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /✖ CP102 .*\n {10}the keyword is missing\n {10}why: .+\n {10}to do: add "cdkpipe-plugin" to keywords/,
  );
});

test('a plugin that ends the process is told of as a fault of the plugin', async () => {
  const cwd = makePlugin({}, 'setTimeout(() => process.exit(7), 0);');
  const { exitCode, stderr, stdout } = await runCdkpipe(['plugins:check', cwd]);
  expect([exitCode, stdout + stderr]).toEqual([3, expect.stringContaining('PLUGIN_CHECKS_BROKEN')]);
});

test.each([
  ['what is not there', 'nowhere.tgz', {}],
  ['a directory without a package', '.', { 'a.txt': '' }],
  ['a file that is no tarball', 'a.tgz', { 'a.tgz': 'text' }],
  ['a package without a usable name', '.', { 'package.json': '{ "name": "../up", "version": "1.0.0" }' }],
])('refuses %s', async (_, path, files) => {
  const { exitCode, stderr } = await runCdkpipe(['plugins:check', path], { cwd: makeDirectory(files) });
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/NOTHING_TO_CHECK|PACKAGE_MANAGER_FAILED/)]);
});
