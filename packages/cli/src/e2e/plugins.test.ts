/** Plugins come and go in a project, from a real registry on the loopback interface, with npm, pnpm and yarn. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmPlugin, packageOf, reportPlugin } from './plugin-packages.test.fixture.ts';
import { type Registry, startRegistry } from './registry.test.fixture.ts';
import { definition, makeDirectory, type Outcome, type RunOptions, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  await registry.publish(confirmPlugin());
  await registry.publish(reportPlugin());
});
afterAll(() => registry.close());

const confirm = '@acme/cdkpipe-plugin-confirm';
const report = '@acme/cdkpipe-plugin-report';
const binaries = fileURLToPath(new URL('../../../../node_modules/.bin', import.meta.url));

const config = definition({ before: '// the plugins come here', override: `plugins: [\n  ],` });

/** A project that takes everything from the registry, and has no need of the network. */
function makeProject(manager = 'npm@11.0.0', files: Record<string, string> = {}): string {
  return makeDirectory({
    'package.json': `${JSON.stringify({ name: 'shop', private: true, packageManager: manager }, null, 4)}\n`,
    'cdkpipe.config.ts': config,
    '.npmrc': `registry=${registry.url}\nlegacy-peer-deps=true\nauto-install-peers=false\nstrict-peer-dependencies=false\n`,
    '.gitignore': 'node_modules\n',
    ...files,
  });
}

function run(args: readonly string[], cwd: string, options: Partial<RunOptions> = {}): Promise<Outcome> {
  const env = { PATH: `${binaries}${delimiter}${process.env.PATH}`, COREPACK_ENABLE_STRICT: '0', ...options.env };
  return runCdkpipe(args, { ...options, cwd, env });
}

const install = (spec: string, cwd: string, ...flags: string[]) =>
  run(['plugins:install', spec, '--yes', '--json', '--debug', ...flags], cwd);

/** Every file of the project, but for what the package manager keeps to itself. */
function contentsOf(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .filter((file) => !/node_modules\/\.|\.bin\//.test(file));
  return Object.fromEntries(
    files.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(directory, file)))
        .digest('hex'),
    ]),
  );
}

const read = (cwd: string, file: string) => readFileSync(join(cwd, file), 'utf8');

describe.each([
  ['npm@11.0.0', 'package-lock.json'],
  ['pnpm@10.34.8', 'pnpm-lock.yaml'],
  ['yarn@1.22.22', 'yarn.lock'],
])('with %s', (manager, lockFile) => {
  test('a plugin is installed, listed, used, updated and uninstalled', async () => {
    const cwd = makeProject(manager);
    const installed = await install(`${confirm}@1.0.0`, cwd);
    expect(installed.exitCode, installed.stdout + installed.stderr).toBe(0);
    expect(JSON.parse(installed.stdout)).toMatchObject({
      plugins: [{ name: confirm, version: '1.0.0', api: 1, kinds: ['confirm'], provenance: { state: 'unverified' } }],
      byHand: [],
      warnings: [],
    });
    expect(JSON.parse(read(cwd, 'package.json'))).toMatchObject({ devDependencies: { [confirm]: '1.0.0' } });
    expect(existsSync(join(cwd, lockFile))).toBe(true);
    expect(read(cwd, 'cdkpipe.config.ts')).toBe(
      config
        .replace("aws-sns';", `aws-sns';\nimport confirm from '${confirm}';`)
        .replace('plugins: [', 'plugins: [confirm'),
    );
    const { plugins } = JSON.parse(read(cwd, 'cdkpipe.lock.json'));
    expect(plugins).toEqual({
      [confirm]: { version: '1.0.0', integrity: expect.stringMatching(/^sha512-/), api: 1 },
    });

    const synth = await run(['synth', '--frozen', '--json', '--no-validate'], cwd);
    expect(synth.exitCode, synth.stdout).toBe(0);
    const listed = await run(['plugins', '--json'], cwd);
    expect(JSON.parse(listed.stdout).plugins).toMatchObject([{ name: confirm, state: 'locked', kinds: ['confirm'] }]);

    await registry.publish(confirmPlugin({ version: '1.1.0' }));
    const updated = await run(['plugins:update', '--yes'], cwd);
    expect(updated).toMatchObject({ exitCode: 0 });
    expect(updated.stderr).toContain('1.0.0 → 1.1.0');
    expect(JSON.parse(read(cwd, 'cdkpipe.lock.json')).plugins[confirm].version).toBe('1.1.0');

    const gone = await run(['plugins:uninstall', confirm], cwd);
    expect(gone).toMatchObject({ exitCode: 0 });
    expect(read(cwd, 'cdkpipe.config.ts')).toBe(config);
    expect(read(cwd, 'package.json')).not.toContain(confirm);
    expect(existsSync(join(cwd, 'cdkpipe.lock.json'))).toBe(false);
    expect(existsSync(join(cwd, 'node_modules', confirm))).toBe(false);
  });
});
