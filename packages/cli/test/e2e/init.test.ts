import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

test('with --yes a whole project is written, and what is still to be replaced is told', async () => {
  const cwd = makeDirectory();
  const { exitCode, stdout, stderr } = await runCdkpipe(['init', 'orders', '--yes', '--account', '999999999999'], {
    cwd,
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(readdirSync(join(cwd, 'orders'), { recursive: true }).sort()).toEqual([
    '.gitignore',
    'README.md',
    'cdk.json',
    'cdkpipe.config.ts',
    'functions',
    'functions/hello.mjs',
    'lib',
    'lib/hello.ts',
    'package.json',
    'tsconfig.json',
  ]);
  expect(stdout).toContain('cd orders\n');
  expect(stdout).toMatch(/beta-account +222222222222/);
  expect(stdout).not.toMatch(/^ +account /m);
});

test('the project needs exactly the cdkpipe packages of this version', async () => {
  const cwd = makeDirectory();
  await runCdkpipe(['init', '.', '--yes', '--name', 'orders'], { cwd });
  const { name, devDependencies } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(name).toBe('orders');
  expect(devDependencies).toMatchObject({ '@cdkpipe/cli': version, '@cdkpipe/core': version });
});

test('with --json the result is one document', async () => {
  const cwd = makeDirectory();
  const { exitCode, stdout, stderr } = await runCdkpipe(['init', 'orders', '--yes', '--json'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    name: 'orders',
    directory: join(cwd, 'orders'),
    files: expect.arrayContaining(['cdkpipe.config.ts']),
    placeholders: expect.arrayContaining([{ name: 'account', value: '111111111111' }]),
    installed: false,
    errors: [],
  });
});

test('without a terminal and without --yes it names the missing flags and writes nothing', async () => {
  const cwd = makeDirectory();
  const { exitCode, stderr } = await runCdkpipe(['init', 'orders', '--account', '111111111111'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--beta-account, --beta-region, --prod-account, --prod-regions');
  expect(stderr).not.toMatch(/--account\b,/);
  expect(readdirSync(cwd)).toEqual([]);
});

test('a directory that is not empty stays as it is, until --force', async () => {
  const cwd = makeDirectory({ 'README.md': 'mine', 'notes.txt': 'mine too' });
  const refused = await runCdkpipe(['init', '--yes'], { cwd });
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('use --force, which replaces README.md and leaves everything else as it is');
  expect(readdirSync(cwd).sort()).toEqual(['README.md', 'notes.txt']);

  const forced = await runCdkpipe(['init', '--yes', '--force'], { cwd });
  expect(forced.exitCode).toBe(0);
  expect(forced.stdout).toContain('replaced: README.md');
  expect(readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe('mine too');
});

test('a new project synthesises at once', async () => {
  const cwd = makeDirectory();
  const made = await runCdkpipe(['init', 'orders', '--yes', '--prod-regions', 'eu-west-1,us-east-1'], { cwd });
  expect(made.exitCode).toBe(0);
  const project = join(cwd, 'orders');
  writeFileSync(join(project, 'package-lock.json'), lockFile(project));
  const { exitCode, stdout, stderr } = await runCdkpipe(['synth', '--json'], { cwd: project });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    pipeline: { name: 'orders' },
    gates: ['Beta/Smoke', 'ProdEuWest1/ReviewChanges', 'ProdEuWest1/Smoke', 'ProdUsEast1/Smoke'],
    totals: { deployments: 3, publishers: 3 },
    errors: [],
  });
});

test.each(['github', 'codeCommit', 's3'])('a new project with a source of type %s can be planned', async (source) => {
  const cwd = makeDirectory();
  await runCdkpipe(['init', '--yes', '--name', 'orders', '--source', source], { cwd });
  const { exitCode, stdout } = await runCdkpipe(['plan', '--json'], { cwd });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).stages[0].actions).toMatchObject([{ type: 'source' }]);
});

test('a new project passes the type check that its build runs', async () => {
  const cwd = makeDirectory();
  await runCdkpipe(['init', '--yes', '--name', 'orders'], { cwd });
  expect(JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')).scripts.check).toBe('tsc');
  const tsc = fileURLToPath(new URL('../../../../node_modules/.bin/tsc', import.meta.url));
  const { status, stdout } = spawnSync(tsc, { cwd, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

/** What `npm install` would have written, as far as the pipeline's tools are concerned. */
function lockFile(project: string): string {
  const { devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const packages = Object.entries(devDependencies).map(([name, version]) => [`node_modules/${name}`, { version }]);
  return JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(packages) });
}
