/** What a user goes through: cdkpipe itself from a registry, a project of `init`, and a plugin that joins it. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const installed = await new Promise((resolve) =>
    spawn('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: project, stdio: 'ignore' }).once(
      'close',
      resolve,
    ),
  );
  expect(installed).toBe(0);
});

afterAll(async () => {
  await registry.close();
  rmSync(directory, { recursive: true, force: true });
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
}, 240_000);
