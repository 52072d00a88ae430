/** What a user gets: the packed packages from a registry, a project that `cdkpipe init` made, and a plugin that joins it. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { confirmPlugin } from './plugin-packages.test.fixture.ts';
import { type Registry, startRegistry } from './registry.test.fixture.ts';
import { runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const monorepo = fileURLToPath(new URL('../../../../', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-plugins-'));
const project = join(directory, 'shop');
const plugin = '@acme/cdkpipe-plugin-confirm';
let registry: Registry;
const installed = (command: string) => join(project, 'node_modules', '.bin', command);

const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The installed command. Not `execFileSync`: the registry answers from this very process. */
async function cdkpipe(...args: string[]) {
  const bin = join(project, 'node_modules/@cdkpipe/cli/bin/run.js');
  const outcome = await runCdkpipe(args, { cwd: project, bin });
  expect(outcome.exitCode, outcome.stdout + outcome.stderr).toBe(0);
  return outcome.stdout;
}

beforeAll(async () => {
  registry = await startRegistry();
  await registry.publish(confirmPlugin());
  const tarballs = join(directory, 'tarballs');
  mkdirSync(tarballs);
  const packages = readdirSync(join(monorepo, 'packages'));
  const paths = packages.map((name) => `./packages/${name}`);
  run('npm', ['pack', '--silent', '--pack-destination', tarballs, ...paths], monorepo);
  for (const name of packages) {
    const manifest = JSON.parse(readFileSync(join(monorepo, 'packages', name, 'package.json'), 'utf8'));
    const file = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
    await registry.publishTarball(manifest, readFileSync(join(tarballs, file)));
  }
  expect(await runCdkpipe(['init', 'shop', '--yes'], { cwd: directory })).toMatchObject({ exitCode: 0 });
  // Everything else comes from the registry of this machine, as in any company.
  writeFileSync(join(project, '.npmrc'), `@cdkpipe:registry=${registry.url}\n@acme:registry=${registry.url}\n`);
  const exitCode = await new Promise((resolve) =>
    spawn('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], {
      cwd: project,
      stdio: 'ignore',
    }).once('close', resolve),
  );
  expect(exitCode).toBe(0);
});

afterAll(async () => {
  await registry.close();
  rmSync(directory, { recursive: true, force: true });
});

test('holds one copy of the CDK and no sources or tests of ours', () => {
  const paths = run('npm', ['ls', 'aws-cdk-lib', '--all', '--parseable'], project).trim().split('\n');
  expect(new Set(paths)).toEqual(new Set([join(project, 'node_modules', 'aws-cdk-lib')]));
  const ours = readdirSync(join(project, 'node_modules', '@cdkpipe'), { recursive: true, encoding: 'utf8' });
  // The sources below templates/ are what `plugins:create` writes into an author's package.
  const written = ours.filter((path) => !path.startsWith('cli/templates/'));
  expect(written.filter((path) => /\.test\.|(^|\/)src\/|\.tsbuildinfo$/.test(path))).toEqual([]);
});

test('type checks', () => {
  expect(run(installed('tsc'), ['--noEmit'], project)).toBe('');
});

test('type checks under `module: commonjs` without `moduleResolution`, as `cdk init` wrote it', async () => {
  // TypeScript 7 has no such resolution any more; 5 is what those apps have.
  const compiler = join(directory, 'typescript');
  run(
    'npm',
    ['install', '--prefix', compiler, '--ignore-scripts', '--no-audit', '--no-fund', 'typescript@5.6.3'],
    directory,
  );
  const entries = readdirSync(join(project, 'node_modules', '@cdkpipe')).flatMap((name) => {
    const { exports } = JSON.parse(readFileSync(join(project, 'node_modules/@cdkpipe', name, 'package.json'), 'utf8'));
    const typed = Object.entries(exports as Record<string, unknown>).filter(
      ([path, target]) => typeof target === 'object' && path !== './package.json',
    );
    return typed.map(([path]) => `@cdkpipe/${name}${path.slice(1)}`);
  });
  expect(entries).toEqual(
    expect.arrayContaining(['@cdkpipe/core', '@cdkpipe/core/schemas', '@cdkpipe/testkit/vitest']),
  );
  const uses = entries.map((entry, index) => `import * as entry${index} from '${entry}';\nvoid entry${index};`);
  // Without types the import would be `any`, and this no error.
  const wrong = "// @ts-expect-error a source is no number\nexport const wrong: number = source.codeCommit('shop');";
  const imported = "import { source } from '@cdkpipe/core';";
  writeFileSync(join(project, 'old-settings.ts'), [imported, ...uses, wrong].join('\n'));
  const options = [
    '--target',
    'es2020',
    '--module',
    'commonjs',
    '--lib',
    'es2022',
    '--strict',
    '--noEmit',
    '--skipLibCheck',
  ];
  const tsc = join(compiler, 'node_modules/.bin/tsc');
  expect(run(tsc, [...options, '--esModuleInterop', '--types', 'node', 'old-settings.ts'], project)).toBe('');
  rmSync(join(project, 'old-settings.ts'));
});

test('synthesises at once, with every gate in the template', () => {
  const report = JSON.parse(run(installed('cdkpipe'), ['synth', '--json'], project));
  expect(report.gates).toEqual(['Beta/Smoke', 'Prod/ReviewChanges', 'Prod/Smoke']);
  const template = JSON.parse(readFileSync(join(project, 'cdk.out', `${report.pipelineStack}.template.json`), 'utf8'));
  const pipeline = Object.values<{ Type: string; Properties: { Stages: { Name: string }[] } }>(template.Resources).find(
    ({ Type }) => Type === 'AWS::CodePipeline::Pipeline',
  );
  expect(pipeline?.Properties.Stages.map(({ Name }) => Name)).toEqual([
    'Source',
    'Build',
    'UpdatePipeline',
    'Beta',
    'Prod',
  ]);
});

test('plans', () => {
  expect(run(installed('cdkpipe'), ['plan'], project)).toContain('Prod/ReviewChanges');
});

test('is rehearsed to the end, with its own smoke test', () => {
  const events = run(installed('cdkpipe'), ['run', '--rehearse', '--skip-build', '--approve', '*', '--json'], project);
  const [last = ''] = events.trim().split('\n').slice(-1);
  expect(JSON.parse(last)).toMatchObject({ type: 'result', end: 'succeeded', exitCode: 0 });
  expect(events).toContain('$ curl --fail');
});

test('is an app of the cdk CLI, which lists the pipeline', () => {
  const stacks = run(installed('cdk'), ['list', '--no-notices', '--no-version-reporting'], project);
  expect(stacks.split('\n')).toContain('shop-pipeline');
  expect(existsSync(join(project, 'cdk.out', 'manifest.json'))).toBe(true);
});

test('a plugin joins a new project, gates its deployment, and leaves again', async () => {
  const files = ['cdkpipe.config.ts', 'package.json'].map((file) => join(project, file));
  const before = files.map((file) => readFileSync(file, 'utf8'));

  await cdkpipe('plugins:install', plugin, '--yes');
  const lock = JSON.parse(readFileSync(join(project, 'cdkpipe.lock.json'), 'utf8'));
  expect(Object.keys(lock.plugins)).toEqual([
    plugin,
    '@cdkpipe/plugin-codebuild-approval',
    '@cdkpipe/plugin-manual-approval',
  ]);
  const [config = ''] = files;
  const listed = readFileSync(config, 'utf8');
  expect(listed).toContain('plugins: [codebuildApproval, manualApproval, confirmPlugin],');
  expect(spawnSync(join(project, 'node_modules/.bin/tsc'), ['--noEmit'], { cwd: project }).status).toBe(0);

  writeFileSync(config, listed.replace('approvals: [smoke]', "approvals: [smoke, { kind: 'confirm', name: 'Sure' }]"));
  const report = JSON.parse(await cdkpipe('synth', '--frozen', '--json'));
  expect(report).toMatchObject({ gates: expect.arrayContaining(['Beta/Sure']), warnings: [] });
  const states = JSON.parse(await cdkpipe('plugins', '--json')).plugins.map((one: { state: string }) => one.state);
  expect(states).toEqual(['locked', 'locked', 'locked']);

  writeFileSync(config, listed);
  await cdkpipe('plugins:uninstall', plugin);
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
});
