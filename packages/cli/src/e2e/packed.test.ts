/** What a user gets: the packed packages, installed into a project that `cdkpipe init` made. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const monorepo = fileURLToPath(new URL('../../../../', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-packed-'));
const tarballs = join(directory, 'tarballs');
const project = join(directory, 'shop');

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs a command in a directory and gives its standard output. */
function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const installed = (command: string) => join(project, 'node_modules', '.bin', command);

beforeAll(async () => {
  const packages = readdirSync(join(monorepo, 'packages')).map((name) => join('packages', name));
  mkdirSync(tarballs);
  run('npm', ['pack', '--silent', '--pack-destination', tarballs, ...packages.map((path) => `./${path}`)], monorepo);
  const outcome = await runCdkpipe(['init', 'shop', '--yes'], { cwd: directory });
  expect(outcome).toMatchObject({ exitCode: 0 });
  const files = readdirSync(tarballs).map((name) => join(tarballs, name));
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-dev', ...files], project);
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

test('is an app of the cdk CLI, which lists the pipeline', () => {
  const stacks = run(installed('cdk'), ['list', '--no-notices', '--no-version-reporting'], project);
  expect(stacks.split('\n')).toContain('shop-pipeline');
  expect(existsSync(join(project, 'cdk.out', 'manifest.json'))).toBe(true);
});
