/** `cdkpipe init` in an app that is there: it adds what is missing, and replaces nothing. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageOf } from './plugin-packages.test.fixture.ts';
import { startRegistry } from './registry.test.fixture.ts';
import { makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const manifest = `{
    "name": "orders",
    "scripts": { "build": "tsc" },
    "dependencies": { "aws-cdk-lib": "2.200.0", "constructs": "10.4.2" }
}
`;
const plainApp = `
import { App, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
new EventBus(new Stack(new App(), 'Orders'), 'Bus');
`;
const pipelinesApp = `
import { App, Stack, Stage } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-codecommit';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
const own = new Stack(new App(), 'Pipe', { env: { account: '111111111111', region: 'eu-west-1' } });
const input = CodePipelineSource.codeCommit(Repository.fromRepositoryName(own, 'Repo', 'orders'), 'main');
const pipeline = new CodePipeline(own, 'Pipeline', { synth: new ShellStep('Synth', { input, commands: ['npx cdk synth'] }) });
const stage = new Stage(own, 'Prod');
new Stack(stage, 'Orders');
pipeline.addStage(stage);
`;

function makeApp(app: string, files: Readonly<Record<string, string>> = {}): string {
  const cwd = makeDirectory({
    'cdk.json': JSON.stringify({ app: 'npx tsx bin/app.ts' }),
    'package.json': manifest,
    '.gitignore': 'node_modules\ncdk.out/\n',
    'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "target": "ES2022" } }',
    'bin/app.ts': app,
    'aws-config': '[default]\nregion = eu-central-1\nsso_account_id = 333333333333\n',
    ...files,
  });
  execFileSync('git', ['init', '--quiet', '--initial-branch', 'release'], { cwd });
  execFileSync('git', ['remote', 'add', 'origin', 'git@github.com:acme/orders.git'], { cwd });
  return cwd;
}

const environment = (cwd: string) => ({
  AWS_CONFIG_FILE: join(cwd, 'aws-config'),
  AWS_PROFILE: '',
  CDK_DEFAULT_ACCOUNT: '',
  CDK_DEFAULT_REGION: '',
  AWS_REGION: '',
  AWS_DEFAULT_REGION: '',
});
const init = (cwd: string, ...args: string[]) => runCdkpipe(['init', ...args], { cwd, env: environment(cwd) });

/** Every file with its bytes and the time of its last change. */
function snapshot(cwd: string): Record<string, string> {
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !join(entry.parentPath, entry.name).startsWith(join(cwd, '.git/')),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(cwd.length + 1), `${statSync(path).mtimeMs} ${readFileSync(path, 'base64')}`];
    }),
  );
}

test('what is missing is added, from what git, AWS profiles and the lock file say; a second run changes nothing', async () => {
  const cwd = makeApp(plainApp, { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" });
  const { exitCode, stdout, stderr } = await init(cwd, '--yes', '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(JSON.parse(stdout)).toMatchObject({
    app: 'plain',
    manager: 'pnpm',
    installed: false,
    added: [
      { path: 'package.json' },
      { path: '.gitignore', what: ['the line cdk.out.app'] },
      { path: 'cdkpipe.config.ts', what: ['the definition'] },
    ],
    errors: [],
  });
  const written = readFileSync(join(cwd, 'package.json'), 'utf8');
  expect(JSON.parse(written)).toEqual({
    ...JSON.parse(manifest),
    scripts: { build: 'tsc', cdkpipe: 'cdkpipe' },
    devDependencies: { '@cdkpipe/cli': version, '@cdkpipe/core': version, 'aws-cdk': expect.any(String) },
  });
  expect(written).toContain('\n    "name": "orders",\n');
  expect(readFileSync(join(cwd, '.gitignore'), 'utf8')).toBe('node_modules\ncdk.out/\ncdk.out.app\n');
  const definition = readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8');
  for (const part of [
    "source.connection('acme/orders'",
    "branch: 'release'",
    "env: { account: '333333333333', region: 'eu-central-1' }",
    "'pnpm install --frozen-lockfile'",
    "'pnpm exec cdkpipe synth'",
  ])
    expect(definition).toContain(part);

  const plan = await runCdkpipe(['plan', '--json'], { cwd });
  expect(plan).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(plan.stdout).totals).toMatchObject({ deployments: 1 });

  const before = snapshot(cwd);
  const again = await init(cwd, '--yes');
  expect(again).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('nothing was changed') });
  expect(snapshot(cwd)).toEqual(before);
}, 120_000);

test('--dry-run shows what would be added, and writes nothing; answers of the caller count', async () => {
  const cwd = makeApp(plainApp);
  const before = snapshot(cwd);
  const { exitCode, stdout } = await init(cwd, '--dry-run', '--name', 'shop');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/\+ cdkpipe\.config\.ts\n/) });
  expect(snapshot(cwd)).toEqual(before);
  const arn = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d';
  await init(cwd, '--yes', '--name', 'shop', '--branch', 'trunk', '--connection-arn', arn, '--account', '999999999999');
  const definition = readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8');
  for (const part of ["name: 'shop'", "branch: 'trunk'", `connectionArn: '${arn}'`, "account: '999999999999'"])
    expect(definition).toContain(part);
}, 120_000);

test('an app that makes its stacks only with a context gets it from --context, and so does its build', async () => {
  const cwd = makeApp(
    plainApp
      .replace("new Stack(new App(), 'Orders')", "new Stack(app, app.node.getContext('name'))")
      .replace('new EventBus', 'const app = new App();\nnew EventBus'),
  );
  expect(await init(cwd, '--yes')).toMatchObject({ exitCode: 2 });
  expect(await init(cwd, '--yes', '--context', 'name=Orders')).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8')).toContain(
    'cdk synth --quiet --output cdk.out.app --context name=Orders',
  );
});

/** A repository whose root has the workspaces, and the lock file, of `packages/infra`. */
function makeMonorepo(): string {
  return makeApp(plainApp, {
    'package.json': JSON.stringify({ private: true, workspaces: ['packages/*'] }),
    'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
    'packages/infra/package.json': manifest,
    'packages/infra/cdk.json': JSON.stringify({ app: 'npx tsx bin/app.ts' }),
    'packages/infra/tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "target": "ES2022" } }',
    'packages/infra/bin/app.ts': plainApp,
  });
}

test('in a package of a monorepo the build installs at its root, then goes to the package', async () => {
  const root = makeMonorepo();
  const cwd = join(root, 'packages/infra');
  const { exitCode, stdout } = await runCdkpipe(['init', '--yes', '--json'], { cwd, env: environment(root) });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ manager: 'npm', added: [{ path: 'package.json' }, {}, {}] });
  expect(readFileSync(join(cwd, 'cdkpipe.config.ts'), 'utf8')).toContain(
    "commands: ['npm ci', 'cd packages/infra', 'npx cdk synth --quiet --output cdk.out.app', 'npx cdkpipe synth']",
  );
  const migrated = await runCdkpipe(['migrate', '--check', '--json'], { cwd, env: environment(root) });
  expect(JSON.parse(migrated.stdout)).toMatchObject({ stacks: [{ verdict: 'same' }] });
});

test('in the root of a monorepo whose cdk.json names an app of a package, the commands run there', async () => {
  const root = makeMonorepo();
  const app = 'npx tsx packages/infra/bin/app.ts';
  writeFileSync(join(root, 'cdk.json'), JSON.stringify({ app }));
  expect(await init(root, '--yes')).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(root, 'cdkpipe.config.ts'), 'utf8')).toContain(
    "commands: ['npm ci', 'npx cdk synth --quiet --output cdk.out.app', 'npx cdkpipe synth']",
  );
  const migrated = await runCdkpipe(['migrate', '--force', '--json'], { cwd: root, env: environment(root) });
  expect(JSON.parse(migrated.stdout)).toMatchObject({ wasWritten: true, stacks: [{ verdict: 'same' }] });
});

test('nothing is written without a yes, for flags that mean a new project, and where the app fails', async () => {
  const cwd = makeApp(plainApp);
  const before = snapshot(cwd);
  expect(await init(cwd)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('NOT_CONFIRMED') });
  expect(await init(cwd, '--yes', '--beta-account', '222222222222')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('FLAG_OF_NEW_PROJECT'),
  });
  expect(await init(cwd, '--yes', '--account', '12')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('FLAG_INVALID'),
  });
  expect(snapshot(cwd)).toEqual(before);
  const broken = makeApp(`throw new Error('no such table');`);
  const whole = snapshot(broken);
  expect(await init(broken, '--yes')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('MIGRATE_APP_FAILED'),
  });
  expect(snapshot(broken)).toEqual(whole);
}, 120_000);

test('for an app of CDK Pipelines the packages are added, and cdkpipe migrate is named', async () => {
  const cwd = makeApp(pipelinesApp);
  const { exitCode, stdout, stderr } = await init(cwd, '--yes');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/npm install .*\n.*npx cdkpipe migrate/);
  expect(readdirSync(cwd)).not.toContain('cdkpipe.config.ts');
  const { devDependencies } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  expect(Object.keys(devDependencies)).toContain('@cdkpipe/plugin-security-approval');
  expect((await runCdkpipe(['migrate', '--json'], { cwd })).stdout).toMatch(/"deployments":\s*1\b/);
}, 120_000);

test('--install installs what was added, with the package manager of the app and install scripts off', async () => {
  const registry = await startRegistry();
  try {
    const npmrc = `registry=${registry.url}\nlegacy-peer-deps=true\n`;
    const cwd = makeApp(plainApp, { '.npmrc': npmrc });
    const planned = makeApp(plainApp, { '.npmrc': npmrc });
    await init(planned, '--yes');
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(planned, 'package.json'), 'utf8'));
    const canary = `node -e "require('fs').writeFileSync(process.env.INIT_CWD + '/canary', '')"`;
    for (const [name, range] of Object.entries<string>({ ...dependencies, ...devDependencies })) {
      const version = range.replace(/^\D+/, '');
      await registry.publish(packageOf({ name, version, scripts: { postinstall: canary } }, { 'index.js': '' }));
    }
    const { exitCode, stdout, stderr } = await init(cwd, '--yes', '--install', '--json');
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ manager: 'npm', installed: true, errors: [] });
    for (const name of Object.keys(devDependencies))
      expect(existsSync(join(cwd, 'node_modules', name)), name).toBe(true);
    expect(existsSync(join(cwd, 'package-lock.json'))).toBe(true);
    expect(existsSync(join(cwd, 'canary'))).toBe(false);
  } finally {
    await registry.close();
  }
}, 120_000);
